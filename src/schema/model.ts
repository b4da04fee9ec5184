import type {
  AttributeType,
  Discoverability,
  FlowBehavior,
  FlowType,
  Mutability,
  ObjectFlowType,
  SourceType,
} from './enums.js'
import type { JsonDocument, JsonNode } from './json-document.js'

/**
 * The key under which an object of the model keeps the JSON it was read from. A copy made by spreading keeps
 * it, with every member of the file that the model does not know.
 */
export const origin: unique symbol = Symbol('origin')

/** The place from which an object of the model was read. */
export interface Origin {
  readonly document: JsonDocument
  readonly node: JsonNode
}

/** The common part of all objects of the model. An object made by hand has no origin. */
export interface SchemaObject {
  readonly [origin]?: Origin
}

/** Graph `synchronizationSchema`: everything that defines how a job maps objects between two directories. */
export interface SynchronizationSchema extends SchemaObject {
  /** Identifier of the job or template; null in exports of the schema alone. */
  readonly id: string | null
  /** Opaque: it changes with every save and has no fixed format. */
  readonly version: string | null
  readonly synchronizationRules: readonly SynchronizationRule[]
  /** Empty if the export did not expand them; then no name can be checked. */
  readonly directories: readonly DirectoryDefinition[]
}

/** Graph `synchronizationRule`: the mappings between two directories. */
export interface SynchronizationRule extends SchemaObject {
  /** An identifier that the service knows; it may have a suffix such as `#V2`. */
  readonly id: string | null
  readonly name: string | null
  /** The lowest number runs first. Default 0. */
  readonly priority: number
  readonly editable: boolean
  readonly sourceDirectoryName: string
  readonly targetDirectoryName: string
  readonly objectMappings: readonly ObjectMapping[]
  readonly metadata: readonly KeyValue[]
  /** Cloud sync: only objects below these containers; excludes `groupFilter`. Null: no such filter. */
  readonly containerFilter: ContainerFilter | null
  /** Cloud sync: only members of these groups; excludes `containerFilter`. Null: no such filter. */
  readonly groupFilter: GroupFilter | null
}

/** Graph `containerFilter`: distinguished names; an empty list filters nothing. */
export interface ContainerFilter extends SchemaObject {
  readonly includedContainers: readonly string[]
}

/** Graph `groupFilter`: distinguished names; an empty list filters nothing. */
export interface GroupFilter extends SchemaObject {
  readonly includedGroups: readonly string[]
}

/** Graph `objectMapping`: how one kind of object is mapped to another. */
export interface ObjectMapping extends SchemaObject {
  readonly name: string | null
  /** False: the service skips it. Disabled mappings are often stubs without a source object. Default true. */
  readonly enabled: boolean
  /** The operations allowed in the target. Default all three. */
  readonly flowTypes: readonly ObjectFlowType[]
  /** Empty in disabled stubs. */
  readonly sourceObjectName: string
  readonly targetObjectName: string
  /** Null: every object is in scope. */
  readonly scope: Filter | null
  readonly attributeMappings: readonly AttributeMapping[]
  /** Values are JSON within a string: `"\"Normal\""`, `"false"`. */
  readonly metadata: readonly KeyValue[]
}

/** Graph `attributeMapping`: the source of one target attribute. */
export interface AttributeMapping extends SchemaObject {
  /** For SCIM targets this is an attribute path. */
  readonly targetAttributeName: string
  /** Null: the portal's mapping type "None". */
  readonly source: AttributeMappingSource | null
  /** Null and "" mean none. */
  readonly defaultValue: string | null
  /** Default Always. */
  readonly flowType: FlowType
  /** Default FlowWhenChanged. */
  readonly flowBehavior: FlowBehavior
  /** Above 0: a matching attribute, tried in ascending order. Default 0. */
  readonly matchingPriority: number
  /** Internal to the service. Default false. */
  readonly exportMissingReferences: boolean
}

/** Graph `attributeMappingSource`: a node of an expression stored as a tree. */
export interface AttributeMappingSource extends SchemaObject {
  /** Default Attribute. */
  readonly type: SourceType
  /** Name of the attribute or function, or the raw value of the constant. */
  readonly name: string | null
  /** The expression as text; null if a client omitted it and only the tree counts. */
  readonly expression: string | null
  /** The arguments of a function; empty for the other types. */
  readonly parameters: readonly AttributeMappingParameter[]
}

/** Graph `stringKeyAttributeMappingSourceValuePair`: one argument; a repeatable parameter repeats its key. */
export interface AttributeMappingParameter extends SchemaObject {
  readonly key: string
  /** Null only in malformed files. */
  readonly value: AttributeMappingSource | null
}

/** Graph `filter`: an object must pass all three sets. An empty set passes. */
export interface Filter extends SchemaObject {
  /** The scoping filters of the portal; an object that leaves this scope is deprovisioned. */
  readonly groups: readonly FilterGroup[]
  /** Checked while reading; an object that fails is ignored. */
  readonly inputFilterGroups: readonly FilterGroup[]
  /** Whether an object belongs to this object mapping. */
  readonly categoryFilterGroups: readonly FilterGroup[]
}

/** Graph `filterGroup`: passes if every clause does; a set passes if any group does. */
export interface FilterGroup extends SchemaObject {
  readonly name: string | null
  readonly clauses: readonly FilterClause[]
}

/** Graph `filterClause`: one test of one source attribute. */
export interface FilterClause extends SchemaObject {
  readonly sourceOperandName: string
  readonly operatorName: string
  /** Null for unary operators. */
  readonly targetOperand: FilterOperand | null
}

/** Graph `filterOperand`: always strings, also for numbers. */
export interface FilterOperand extends SchemaObject {
  readonly values: readonly string[]
}

/** Graph `directoryDefinition`: a system and its objects. */
export interface DirectoryDefinition extends SchemaObject {
  readonly id: string | null
  /** Unique in a schema; rules refer to it. */
  readonly name: string
  readonly objects: readonly ObjectDefinition[]
  readonly readOnly: boolean
  readonly version: string | null
  /** ISO 8601; null until the directory has been discovered. */
  readonly discoveryDateTime: string | null
  readonly discoverabilities: readonly Discoverability[]
}

/** Graph `objectDefinition`. Names are not unique in real exports. */
export interface ObjectDefinition extends SchemaObject {
  readonly name: string
  readonly attributes: readonly AttributeDefinition[]
  readonly metadata: readonly KeyValue[]
  readonly supportedApis: readonly string[]
}

/** Graph `attributeDefinition`. */
export interface AttributeDefinition extends SchemaObject {
  /** Case-sensitive. For SCIM targets this is the attribute path. */
  readonly name: string
  /** Default String. */
  readonly type: AttributeType
  /** Whether it identifies the object; one per object. Default false. */
  readonly anchor: boolean
  readonly multivalued: boolean
  /** An object cannot be created without it. Default false. */
  readonly required: boolean
  /** Used if a required attribute would have no value on create. Distinct from a mapping's default. */
  readonly defaultValue: string | null
  /** Used by change detection. Default false. */
  readonly caseExact: boolean
  /** Source: whether null may clear a target, together with the mapping's own switch. Default false. */
  readonly flowNullValues: boolean
  /** Default ReadWrite. */
  readonly mutability: Mutability
  /** The objects a reference may point to. */
  readonly referencedObjects: readonly ReferencedObject[]
  /** XPath or JSONPath into the API of an HR system. */
  readonly apiExpressions: readonly KeyValue[]
  readonly metadata: readonly KeyValue[]
}

/** Graph `referencedObject`. */
export interface ReferencedObject extends SchemaObject {
  readonly referencedObjectName: string
  readonly referencedProperty: string | null
}

/** A metadata or API entry. Keys go beyond the published enumerations. */
export interface KeyValue extends SchemaObject {
  readonly key: string
  readonly value: string | null
}
