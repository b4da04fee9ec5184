import {
  attributeTypes,
  discoverabilities,
  flowBehaviors,
  flowTypes,
  mutabilities,
  objectFlowTypes,
  sourceTypes,
} from './enums.js'
import { choice, flag, flags, integer, list, nullableText, object, type Shape, text, texts } from './field.js'
import type {
  AttributeDefinition,
  AttributeMapping,
  AttributeMappingParameter,
  AttributeMappingSource,
  ContainerFilter,
  DirectoryDefinition,
  Filter,
  FilterClause,
  FilterGroup,
  FilterOperand,
  GroupFilter,
  KeyValue,
  ObjectDefinition,
  ObjectMapping,
  ReferencedObject,
  SynchronizationRule,
  SynchronizationSchema,
} from './model.js'

/** The members of each type of the model; the reader and the writer both use these tables. */

const keyValue: Shape<KeyValue> = { key: text, value: nullableText }

const referencedObject: Shape<ReferencedObject> = {
  referencedObjectName: text,
  referencedProperty: nullableText,
}

const attributeDefinition: Shape<AttributeDefinition> = {
  anchor: flag(false),
  caseExact: flag(false),
  defaultValue: nullableText,
  flowNullValues: flag(false),
  multivalued: flag(false),
  mutability: choice(mutabilities, 'ReadWrite'),
  name: text,
  required: flag(false),
  type: choice(attributeTypes, 'String'),
  apiExpressions: list(() => keyValue),
  metadata: list(() => keyValue),
  referencedObjects: list(() => referencedObject),
}

/** Shape of an object of a directory. */
export const objectDefinition: Shape<ObjectDefinition> = {
  name: text,
  attributes: list(() => attributeDefinition),
  metadata: list(() => keyValue),
  supportedApis: texts,
}

const directoryDefinition: Shape<DirectoryDefinition> = {
  id: nullableText,
  name: text,
  objects: list(() => objectDefinition),
  readOnly: flag(false),
  version: nullableText,
  discoveryDateTime: nullableText,
  discoverabilities: flags(discoverabilities, []),
}

const filterOperand: Shape<FilterOperand> = { values: texts }

const filterClause: Shape<FilterClause> = {
  operatorName: text,
  sourceOperandName: text,
  targetOperand: object(() => filterOperand),
}

const filterGroup: Shape<FilterGroup> = { clauses: list(() => filterClause), name: nullableText }

const filter: Shape<Filter> = {
  categoryFilterGroups: list(() => filterGroup),
  groups: list(() => filterGroup),
  inputFilterGroups: list(() => filterGroup),
}

const parameter: Shape<AttributeMappingParameter> = { key: text, value: object(() => attributeMappingSource) }

/** Shape of one stored expression. */
export const attributeMappingSource: Shape<AttributeMappingSource> = {
  expression: nullableText,
  name: nullableText,
  parameters: list(() => parameter),
  type: choice(sourceTypes, 'Attribute'),
}

const attributeMapping: Shape<AttributeMapping> = {
  defaultValue: nullableText,
  exportMissingReferences: flag(false),
  flowBehavior: choice(flowBehaviors, 'FlowWhenChanged'),
  flowType: choice(flowTypes, 'Always'),
  matchingPriority: integer(0),
  source: object(() => attributeMappingSource),
  targetAttributeName: text,
}

const objectMapping: Shape<ObjectMapping> = {
  enabled: flag(true),
  flowTypes: flags(objectFlowTypes, objectFlowTypes),
  name: nullableText,
  sourceObjectName: text,
  targetObjectName: text,
  attributeMappings: list(() => attributeMapping),
  metadata: list(() => keyValue),
  scope: object(() => filter),
}

const containerFilter: Shape<ContainerFilter> = { includedContainers: texts }
const groupFilter: Shape<GroupFilter> = { includedGroups: texts }

const synchronizationRule: Shape<SynchronizationRule> = {
  editable: flag(true),
  id: nullableText,
  name: nullableText,
  priority: integer(0),
  sourceDirectoryName: text,
  targetDirectoryName: text,
  containerFilter: object(() => containerFilter),
  groupFilter: object(() => groupFilter),
  metadata: list(() => keyValue),
  objectMappings: list(() => objectMapping),
}

/** Shape of the whole schema. */
export const synchronizationSchema: Shape<SynchronizationSchema> = {
  id: nullableText,
  version: nullableText,
  directories: list(() => directoryDefinition),
  synchronizationRules: list(() => synchronizationRule),
}

/** The names of all members that the model knows. */
export const memberNames: ReadonlySet<string> = new Set(
  [
    keyValue,
    referencedObject,
    attributeDefinition,
    objectDefinition,
    directoryDefinition,
    filterOperand,
    filterClause,
    filterGroup,
    filter,
    parameter,
    attributeMappingSource,
    attributeMapping,
    objectMapping,
    containerFilter,
    groupFilter,
    synchronizationRule,
    synchronizationSchema,
  ].flatMap((shape) => Object.keys(shape)),
)
