import type { AttributeScope } from '../check/attribute-scope.js'
import type { ObjectAttributes } from './attributes.js'

/** The attributes of a schema's object as the checker sees them. */
export const attributeScope = (attributes: ObjectAttributes): AttributeScope => ({
  description: `${attributes.object} of ${attributes.directory}`,
  lookup: (name) => {
    const definition = attributes.get(name)
    if (definition !== undefined) {
      const { type, multivalued, required } = definition
      return { name, type, multivalued, required }
    }
    return attributes.isReadable(name)
      ? { name, type: 'Boolean', multivalued: false, required: true }
      : undefined
  },
  suggest: (name) => attributes.suggest(name),
})
