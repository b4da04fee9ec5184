import { clauseText, type FilterSetName, filterSetNames } from '../filter/resolve.js'
import { standardLibrary } from '../functions/standard.js'
import type { FlowBehavior, FlowType, ObjectFlowType } from '../schema/enums.js'
import { evaluatedTextOf } from '../schema/expression-tree.js'
import type { AttributeMapping, Filter, SynchronizationSchema } from '../schema/model.js'

/** One attribute mapping, in readable form. */
export interface AttributeOutline {
  readonly target: string
  /** What is evaluated; null for a mapping without a source. */
  readonly expression: string | null
  readonly flowType: FlowType
  readonly flowBehavior: FlowBehavior
  /** Null if it is not a matching attribute. */
  readonly matchingPriority: number | null
  readonly defaultValue: string | null
}

/** One group of a filter: all its clauses must hold. */
export interface GroupOutline {
  readonly name: string | null
  readonly clauses: readonly string[]
}

/** One object mapping, in readable form. */
export interface ObjectMappingOutline {
  readonly name: string | null
  readonly enabled: boolean
  readonly source: string
  readonly target: string
  readonly flowTypes: readonly ObjectFlowType[]
  /** Only the sets that have groups. */
  readonly scope: { readonly [Name in FilterSetName]?: readonly GroupOutline[] }
  readonly attributes: readonly AttributeOutline[]
}

/** One rule, in readable form. */
export interface RuleOutline {
  readonly name: string | null
  readonly id: string | null
  readonly priority: number
  readonly source: string
  readonly target: string
  readonly objectMappings: readonly ObjectMappingOutline[]
}

/** The contents of a schema in readable form, without the definitions of directories. */
export interface SchemaOutline {
  readonly id: string | null
  readonly version: string | null
  readonly directories: readonly { readonly name: string; readonly objects: readonly string[] }[]
  readonly rules: readonly RuleOutline[]
}

const attributeOutline = (mapping: AttributeMapping): AttributeOutline => ({
  target: mapping.targetAttributeName,
  expression: mapping.source === null ? null : evaluatedTextOf(mapping.source, standardLibrary),
  flowType: mapping.flowType,
  flowBehavior: mapping.flowBehavior,
  matchingPriority: mapping.matchingPriority > 0 ? mapping.matchingPriority : null,
  defaultValue: mapping.defaultValue === '' ? null : mapping.defaultValue,
})

const scopeOutline = (filter: Filter | null): ObjectMappingOutline['scope'] =>
  Object.fromEntries(
    filterSetNames.flatMap((set) => {
      const groups = filter?.[set] ?? []
      const outlined = groups.map(({ name, clauses }) => ({ name, clauses: clauses.map(clauseText) }))
      return outlined.length === 0 ? [] : [[set, outlined] as const]
    }),
  )

/** The rules, object mappings, expressions and filters of a schema, in readable form. */
export const schemaOutline = (schema: SynchronizationSchema): SchemaOutline => ({
  id: schema.id,
  version: schema.version,
  directories: schema.directories.map(({ name, objects }) => ({
    name,
    objects: objects.map((object) => object.name),
  })),
  rules: schema.synchronizationRules.map((rule) => ({
    name: rule.name,
    id: rule.id,
    priority: rule.priority,
    source: rule.sourceDirectoryName,
    target: rule.targetDirectoryName,
    objectMappings: rule.objectMappings.map((mapping) => ({
      name: mapping.name,
      enabled: mapping.enabled,
      source: mapping.sourceObjectName,
      target: mapping.targetObjectName,
      flowTypes: mapping.flowTypes,
      scope: scopeOutline(mapping.scope),
      attributes: mapping.attributeMappings.map(attributeOutline),
    })),
  })),
})
