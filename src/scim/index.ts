/**
 * SCIM paths, resources and PATCH bodies; it makes no requests.
 * @module attrflow/scim
 */

export { createResource, type ScimResource, type ScimTarget } from './assemble.js'
export { flattenResource } from './flatten.js'
export {
  type PatchOptions,
  patchResource,
  type ScimOperation,
  type ScimPatch,
  type ScimPatchBody,
} from './patch.js'
export { parseScimPath, type ScimPath, type ScimPathResult, type ScimPredicate } from './path.js'
export { checkScimPaths, type FlatValues, type TargetAttributes } from './resource-values.js'
export type { ScimObject, ScimValue } from './value.js'
