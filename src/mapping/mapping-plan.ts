import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { ScopeDecision } from '../filter/decide.js'
import type { FilterExplanation } from '../filter/explain.js'
import type { UnitInput } from '../ir/unit.js'
import type { Evaluator } from '../plan/plan.js'
import type { AttributeMapping, ObjectMapping } from '../schema/model.js'
import { ScimPathTable } from '../scim/path-table.js'
import type { TargetAttributes } from '../scim/resource-values.js'
import type { EvaluationError } from '../values/fault.js'
import { requireMade } from '../values/misuse.js'
import type { AttributeName, SourceRecord } from '../values/record.js'
import type { Settings } from '../values/settings.js'
import type { Value } from '../values/value.js'
import { type FlowPlan, type FlowRules, planFlow } from './flow.js'
import { softDeletedAttribute } from './source-state.js'
import type { TargetKind } from './target-kind.js'

/** One attribute mapping with the facts that decide what flows. */
export interface PlannedAttribute {
  readonly mapping: AttributeMapping
  /** The text of its expression; empty if it has no source. */
  readonly expression: string
  /** The names of the source attributes that its expression reads. */
  readonly reads: readonly string[]
  /** A finding for each object that has the attribute: the stored tree was evaluated, not the text. */
  readonly warnings: readonly Diagnostic[]
  readonly rules: FlowRules
  /** Its constant result, if errors prevent its evaluation. */
  readonly failure: EvaluationError | undefined
  /** The query for an object of the target with a given value in it. */
  readonly matchQuery: (value: Value) => string
  /** Whether its value must not be shown. */
  readonly redacted: boolean
  /** Whether its values are only ever added to those of the target. */
  readonly addsOnly: boolean
}

/** What is known about the two ends of an object mapping. */
export interface PlannedEnds {
  readonly target: TargetAttributes | undefined
  /** Whether the target can disable an object instead of deleting it. */
  readonly supportsSoftDelete: boolean
  readonly targetIsActiveDirectory: boolean
}

/** What the decisions about objects are derived from. */
export interface MappingFacts<Attribute extends PlannedAttribute, Ends extends PlannedEnds> {
  readonly objectMapping: ObjectMapping
  readonly settings: Settings
  readonly ends: Ends
  readonly targetKind: TargetKind
  readonly attributes: readonly Attribute[]
  /** The attributes of the source that filters and expressions read, in the order of first use. */
  readonly inputs: readonly UnitInput[]
  /** Whether guard and roots may be evaluated in one run. */
  readonly atOnce: boolean
  readonly explainScope: MappingPlan['explainScope']
  readonly decideScope: MappingPlan['decideScope']
}

/**
 * What `mapObject` needs of an object mapping: functions for its expressions, and all decisions that do not
 * depend on an object. `compileMapping` and the modules of `attrflow build` provide it.
 */
export interface MappingPlan {
  /** The names of the attributes that its filters and expressions read, in the order of first use. */
  readonly sourceAttributes: readonly string[]
  readonly objectMapping: ObjectMapping
  readonly settings: Settings
  readonly ends: PlannedEnds
  readonly targetKind: TargetKind
  readonly attributes: readonly PlannedAttribute[]
  readonly inputs: readonly UnitInput[]
  /** The indexes of the matching attributes in `attributes`. */
  readonly matching: readonly number[]
  /** The rules of each attribute that do not depend on an object, by operation. */
  readonly flows: Readonly<Record<'create' | 'update', readonly FlowPlan[]>>
  /** Findings for every object whose attributes are evaluated. */
  readonly warnings: readonly Diagnostic[]
  /** Whether it reads IsSoftDeleted, so that the target is updated when an object leaves. */
  readonly mapsSoftDeleted: boolean
  /**
   * Whether guard and roots may be evaluated in one run: each root can be evaluated, is repeatable, and
   * evaluations are not counted.
   */
  readonly atOnce: boolean
  /** Whether some attribute can stay unchanged on an update, whatever its expression yields. */
  readonly someStay: boolean
  /** Whether the target limits the length of some attribute. */
  readonly limitsLengths: boolean
  /** Explains the scope for one object, given a reader of its attributes. */
  readonly explainScope: (read: (attribute: string) => Value) => FilterExplanation
  /** The reason that decided the scope for one object; cheaper than explaining all of it. */
  readonly decideScope: (read: (attribute: string) => Value) => ScopeDecision
  /** The target attributes as paths; used if the target speaks SCIM. */
  readonly scimPaths: ScimPathTable
  readonly plan: Evaluator
  /**
   * Whether the source reads an object at all: its input and category filters. Undefined if there are none.
   */
  readonly reads: Evaluator | undefined
}

/** The plan of a mapping for objects of the type `Source`. */
export interface TypedMappingPlan<Source extends SourceRecord> extends MappingPlan {
  /**
   * The names of the attributes that its filters and expressions read. Without the option `attributes`, they
   * are not checked against `Source`.
   */
  readonly sourceAttributes: readonly AttributeName<Source>[]
  /** Only a type: no plan has this member. */
  readonly '~record'?: (record: Source) => void
}

/**
 * Requires a compiled mapping.
 * @throws {TypeError} for anything else
 */
export const requireMapping = (compiled: MappingPlan): void =>
  requireMade(compiled, 'plan', 'a compiled mapping, such as compileMapping(schema)')

/** The indexes of the matching attributes. */
export const matchingIndexes = (mappings: readonly AttributeMapping[]): readonly number[] =>
  mappings.flatMap(({ matchingPriority }, index) => (matchingPriority > 0 ? [index] : []))

/** Takes all decisions that do not depend on an object. */
export const mappingPlan = <
  Attribute extends PlannedAttribute,
  Ends extends PlannedEnds,
  Plan extends Evaluator,
>(
  facts: MappingFacts<Attribute, Ends>,
  plan: Plan,
  reads: Plan | undefined,
): Omit<MappingPlan, 'sourceAttributes'> & {
  readonly ends: Ends
  readonly attributes: readonly Attribute[]
  readonly plan: Plan
  readonly reads: Plan | undefined
} => {
  const { attributes, inputs, objectMapping } = facts
  const flows = (operation: 'create' | 'update'): readonly FlowPlan[] =>
    attributes.map(({ rules }) => planFlow(rules, operation))
  const update = flows('update')
  return {
    ...facts,
    matching: matchingIndexes(objectMapping.attributeMappings),
    flows: { create: flows('create'), update },
    warnings: attributes.flatMap(({ warnings }) => warnings),
    mapsSoftDeleted: inputs.some(({ name }) => name === softDeletedAttribute),
    someStay: update.some(({ rules, stays, fills }) => rules.hasSource && (stays !== undefined || fills)),
    limitsLengths: attributes.some(({ rules }) => rules.maximumLength !== undefined),
    scimPaths: new ScimPathTable(objectMapping.attributeMappings.map((one) => one.targetAttributeName)),
    plan,
    reads,
  }
}
