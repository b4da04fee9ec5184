import { attributeScopeOf } from '../check/attribute-scope.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { filterDecider } from '../filter/decide.js'
import { filterExplainer } from '../filter/explain.js'
import type { UnitInput } from '../ir/unit.js'
import { type BuiltCode, builtEvaluator } from '../plan/built-evaluator.js'
import type { AttributeDefinition, ObjectMapping } from '../schema/model.js'
import type { SourceRecord } from '../values/record.js'
import type { Settings } from '../values/settings.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'
import { filterAttributes } from './filter-attributes.js'
import type { FlowRules } from './flow.js'
import { mappingPlan, matchingIndexes, type TypedMappingPlan } from './mapping-plan.js'
import { matchQueryFor } from './match.js'
import type { TargetKind } from './target-kind.js'

/** The facts about one attribute mapping in a built module. */
interface BuiltAttribute {
  readonly expression: string
  readonly reads: readonly string[]
  readonly warnings: readonly Diagnostic[]
  readonly rules: Omit<FlowRules, 'maximumLength'> & Partial<Pick<FlowRules, 'maximumLength'>>
  readonly redacted: boolean
  readonly addsOnly: boolean
}

/** The facts about an object mapping in a built module, as JSON. */
export interface BuiltFacts {
  readonly objectMapping: ObjectMapping
  readonly targetKind: TargetKind
  readonly supportsSoftDelete: boolean
  readonly targetIsActiveDirectory: boolean
  /** The definitions of the mapped attributes in the target; null if the schema does not have the object. */
  readonly target: readonly AttributeDefinition[] | null
  readonly inputs: readonly (Pick<UnitInput, 'name'> & Partial<Pick<UnitInput, 'supplied'>>)[]
  readonly atOnce: boolean
  /** The names of the option `attributes`; null without it. */
  readonly attributeNames: readonly string[] | null
  readonly attributes: readonly BuiltAttribute[]
}

/** The functions of a built module. */
export interface BuiltMappingCode {
  readonly mapping: BuiltCode
  /** Evaluates the input and category filters as its guard; undefined if there are none. */
  readonly reads: BuiltCode['run'] | undefined
}

/** The facts about a mapping that its module contains. */
export const builtFactsOf = (compiled: CompiledObjectMapping): BuiltFacts => {
  const { objectMapping, targetKind, ends, inputs, atOnce, attributes, attributeNames } = compiled
  return {
    // The module has the code of the expressions, so their trees are left out.
    objectMapping: {
      ...objectMapping,
      attributeMappings: objectMapping.attributeMappings.map((mapping) => ({
        ...mapping,
        source: mapping.source && { ...mapping.source, parameters: [] },
      })),
      metadata: [],
    },
    targetKind,
    supportsSoftDelete: ends.supportsSoftDelete,
    targetIsActiveDirectory: ends.targetIsActiveDirectory,
    target:
      ends.target === undefined
        ? null
        : attributes.flatMap(({ mapping }) => {
            const definition = ends.target?.get(mapping.targetAttributeName)
            return definition === undefined ? [] : [{ ...definition, apiExpressions: [], metadata: [] }]
          }),
    inputs,
    atOnce,
    attributeNames: attributeNames ?? null,
    attributes: attributes.map(({ expression, reads, warnings, rules, redacted, addsOnly }) => ({
      expression,
      reads,
      warnings,
      rules,
      redacted,
      addsOnly,
    })),
  }
}

/**
 * The mapping of a built module, for `mapObject` and for everything else that takes a mapping plan. Modules
 * of `attrflow build --decisions` call it; there is no need to call it otherwise.
 */
export const builtMapping = <Source extends SourceRecord = SourceRecord>(
  settings: Settings,
  facts: BuiltFacts,
  { mapping, reads }: BuiltMappingCode,
): TypedMappingPlan<Source> => {
  const { objectMapping, targetKind, supportsSoftDelete, targetIsActiveDirectory, atOnce } = facts
  const inputs = facts.inputs.map(({ name, supplied }): UnitInput => ({ name, supplied }))
  const named = attributeScopeOf(facts.attributeNames ?? undefined)
  const isSupplied = (name: string): boolean =>
    inputs.some((input) => input.name === name && input.supplied !== undefined)
  const filtered = named && filterAttributes(named, isSupplied)
  const definitions = facts.target && new Map(facts.target.map((definition) => [definition.name, definition]))
  const plan = mappingPlan(
    {
      objectMapping,
      settings,
      ends: { target: definitions ?? undefined, supportsSoftDelete, targetIsActiveDirectory },
      targetKind,
      attributes: objectMapping.attributeMappings.flatMap((one, index) => {
        const attribute = facts.attributes[index]
        if (attribute === undefined) return []
        const { maximumLength, ...rules } = attribute.rules
        return {
          ...attribute,
          mapping: one,
          rules: { ...rules, maximumLength },
          failure: undefined,
          matchQuery: matchQueryFor(targetKind, objectMapping.targetObjectName, one.targetAttributeName),
        }
      }),
      inputs,
      atOnce,
      explainScope: filterExplainer(objectMapping.scope, settings, filtered),
      decideScope: filterDecider(objectMapping.scope, settings, filtered),
    },
    builtEvaluator(
      mapping,
      inputs,
      matchingIndexes(objectMapping.attributeMappings),
      objectMapping.attributeMappings.length,
    ),
    reads && builtEvaluator({ run: reads, single: {} }, inputs, [], 0),
  )
  return {
    ...plan,
    sourceAttributes: inputs.map(({ name }) => name as TypedMappingPlan<Source>['sourceAttributes'][number]),
  }
}
