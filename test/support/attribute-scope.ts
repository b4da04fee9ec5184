import type { AttributeInfo, AttributeScope } from '../../src/check/attribute-scope.js'

/** A source object with these attributes and no others. A name in another case suggests the right one. */
export const scopeOf = (infos: readonly AttributeInfo[], description = 'User'): AttributeScope => ({
  description,
  lookup: (name) => infos.find((info) => info.name === name),
  suggest: (name) => infos.find((info) => info.name.toLowerCase() === name.toLowerCase())?.name,
})
