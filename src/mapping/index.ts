/**
 * Object mappings: compiled, applied to objects, with every decision and its reason.
 * @module attrflow/mapping
 */

export type { UniqueCandidate, UniqueLookup } from '../expression/unique-batch.js'
export { objectFault } from '../values/object-fault.js'
export { REDACTED } from '../values/redacted.js'
export { withoutGuestMark } from '../values/supplied.js'
export { flowRules, type MappingEnds, mappingEnds } from './attribute-rules.js'
export { checkSchema } from './check-schema.js'
export { compileMapping, type MappingOptions, SchemaError } from './compile-mapping.js'
export {
  type CompiledAttribute,
  type CompiledObjectMapping,
  compileObjectMapping,
  dialectOf,
  type ObjectMappingOptions,
  type TypedObjectMapping,
} from './compile-object-mapping.js'
export {
  decideProvisioning,
  type ProvisioningDecision,
  type ProvisioningState,
  type SourceState,
} from './deprovision.js'
export { DuplicateSources } from './duplicate-sources.js'
export { decideFlow, type FlowDecision, type FlowOccasion, type FlowRules } from './flow.js'
export { identifyingAttributes, identityOf } from './identity.js'
export { mapObject } from './map-object.js'
export { mapObjectsUnique, type UniqueMapRequest } from './map-objects-unique.js'
export {
  type MappedDiagnosticJson,
  type MappedObjectJson,
  mappedDiagnosticJson,
  mappedObjectJson,
  type ScopeJson,
  scopeJson,
} from './mapped-json.js'
export {
  changedObject,
  type MappedAttribute,
  type MappedObject,
  type MapRequest,
  type ScopeResult,
  type TargetObject,
} from './mapped-object.js'
export { type LeadingMembers, mappedTextWriter } from './mapped-text.js'
export type { MappingPlan, PlannedAttribute, PlannedEnds, TypedMappingPlan } from './mapping-plan.js'
export { type MatchKey, matchQuery } from './match.js'
export {
  type AttributeOutline,
  type GroupOutline,
  type ObjectMappingOutline,
  type RuleOutline,
  type SchemaOutline,
  schemaOutline,
} from './outline.js'
export { type DependsOn, type ReadingCheck, type ReadingFinding, readingCheck } from './readings.js'
export { type NoFlowReason, noFlowReasons, type ObjectReason, objectReasons } from './reasons.js'
export { withoutRedacted, withoutRedactedValues } from './redacted.js'
export { redactedSources } from './redacted-sources.js'
export { sameValue } from './same-value.js'
export { scimBodyWriter } from './scim-body-text.js'
export {
  flowingValues,
  type ScimRequest,
  type ScimRequestOptions,
  scimRequestOf,
} from './scim-request.js'
export {
  describeChoice,
  type ObjectMappingChoice,
  type ObjectMappingQuery,
  type ObjectMappingSelection,
  selectObjectMapping,
} from './select.js'
export { sourceStateOf, suppliedAttributes, supplyAttribute } from './source-state.js'
export { type TargetKind, targetKindOf } from './target-kind.js'
