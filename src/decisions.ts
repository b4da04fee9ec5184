/**
 * Decisions about objects for programs with a module of `attrflow build --decisions`: what `attrflow/mapping`
 * has for them, without the compiler.
 * @module attrflow/decisions
 */

export { type BuiltFacts, type BuiltMappingCode, builtMapping } from './mapping/built-mapping.js'
export { mapObject } from './mapping/map-object.js'
export { mapObjectsUnique, type UniqueMapRequest } from './mapping/map-objects-unique.js'
export { type MappedObjectJson, mappedObjectJson } from './mapping/mapped-json.js'
export type { MappedObject, MapRequest, TargetObject } from './mapping/mapped-object.js'
export { mappedTextWriter } from './mapping/mapped-text.js'
export type { MappingPlan, PlannedAttribute, PlannedEnds, TypedMappingPlan } from './mapping/mapping-plan.js'
export { withoutRedacted } from './mapping/redacted.js'
export { scimBodyWriter } from './mapping/scim-body-text.js'
export {
  flowingValues,
  type ScimRequest,
  type ScimRequestOptions,
  scimRequestOf,
} from './mapping/scim-request.js'
