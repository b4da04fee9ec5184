/**
 * The synchronization schema: its model, reader, writer and validation, and expressions as stored trees.
 * @module attrflow/schema
 */

export {
  findDirectory,
  ObjectAttributes,
  objectAttributes,
  sourceAttributes,
  targetAttributes,
} from './attributes.js'
export {
  type AttributeType,
  attributeTypes,
  type Discoverability,
  discoverabilities,
  type FlowBehavior,
  type FlowType,
  flowBehaviors,
  flowTypes,
  type Mutability,
  mutabilities,
  type ObjectFlowType,
  objectFlowTypes,
  type SourceType,
  sourceTypes,
} from './enums.js'
export { type ExpressionPlace, expressionPlaces, innerOffset, outerSpan } from './expression-places.js'
export {
  compareTree,
  type ExpressionChange,
  expressionTextOf,
  sameTree,
  type TreeAgreement,
  withExpression,
} from './expression-tree.js'
export type { ValidationOptions } from './findings.js'
export { type FromSourceResult, fromSource, type ParameterInput, type SourceInput } from './from-source.js'
export type { JsonDocument, JsonNode } from './json-document.js'
export { liftDiagnostic, type Place, placeOf } from './locate.js'
export {
  type AttributeDefinition,
  type AttributeMapping,
  type AttributeMappingParameter,
  type AttributeMappingSource,
  type ContainerFilter,
  type DirectoryDefinition,
  type Filter,
  type FilterClause,
  type FilterGroup,
  type FilterOperand,
  type GroupFilter,
  type KeyValue,
  type ObjectDefinition,
  type ObjectMapping,
  type Origin,
  origin,
  type ReferencedObject,
  type SchemaObject,
  type SynchronizationRule,
  type SynchronizationSchema,
} from './model.js'
export { readObjectDefinition, readSchema, type SchemaReading } from './read.js'
export { type StoredForm, storedForm } from './stored-form.js'
export { type ToSourceResult, toSource } from './to-source.js'
export { validateSchema } from './validate.js'
export { writeSchema } from './write.js'
