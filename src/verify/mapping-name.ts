import type { ObjectMapping } from '../schema/model.js'

/** The objects that a mapping connects: `User → urn:ietf:params:scim:schemas:core:2.0:User`. */
export const objectNames = ({ sourceObjectName, targetObjectName }: ObjectMapping): string =>
  `${sourceObjectName} → ${targetObjectName}`

/** The name of an object mapping; if it has none, the objects that it connects. */
export const mappingName = (mapping: ObjectMapping): string => mapping.name ?? objectNames(mapping)
