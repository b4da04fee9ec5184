import { type AttributeScope, anyAttribute } from '../check/attribute-scope.js'

/**
 * The attributes that a filter may read if the option `attributes` names those of the objects: also those
 * that the service computes for every object.
 */
export const filterAttributes = (
  named: AttributeScope,
  isSupplied: (name: string) => boolean,
): AttributeScope => ({
  ...named,
  lookup: (name) => (isSupplied(name) ? anyAttribute(name) : named.lookup(name)),
})
