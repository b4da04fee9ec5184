import { attributeScopeOf } from '../check/attribute-scope.js'
import { type CheckEnvironment, createEnvironment, environmentRules } from '../check/environment.js'
import { redactingCalls } from '../check/redaction.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js'
import { type AnalyzedExpression, backendRule } from '../expression/compile.js'
import { filterDecider } from '../filter/decide.js'
import { filterExplainer } from '../filter/explain.js'
import { type LoweredFilter, lowerFilter } from '../filter/lower.js'
import type { FilterSetName } from '../filter/resolve.js'
import type { FunctionLibrary } from '../functions/library.js'
import { standardLibrary } from '../functions/standard.js'
import { constant } from '../ir/build.js'
import { isRepeatable } from '../ir/effects.js'
import { createInputTable, type InputTable } from '../ir/inputs.js'
import { lowerExpression } from '../ir/lowering.js'
import type { IrNode } from '../ir/node.js'
import { optimise } from '../ir/passes/index.js'
import type { Root, Unit } from '../ir/unit.js'
import type { Instrument } from '../plan/closures.js'
import { type Backend, type Plan, planUnit } from '../plan/plan.js'
import { analyzeSource } from '../schema/analyze-source.js'
import { compareTree, expressionTextOf } from '../schema/expression-tree.js'
import type {
  AttributeMapping,
  AttributeMappingSource,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from '../schema/model.js'
import { requireSchema } from '../schema/require-schema.js'
import { EvaluationError } from '../values/fault.js'
import { requireMade } from '../values/misuse.js'
import { func, type OptionRules, requireOptions } from '../values/options.js'
import type { AttributeName, SourceRecord } from '../values/record.js'
import { resolveSettings } from '../values/resolve-settings.js'
import type { Dialect, SettingsInput } from '../values/settings.js'
import { flowRules, isActiveDirectory, type MappingEnds, mappingEnds } from './attribute-rules.js'
import { filterAttributes } from './filter-attributes.js'
import {
  type MappingPlan,
  mappingPlan,
  matchingIndexes,
  type PlannedAttribute,
  type TypedMappingPlan,
} from './mapping-plan.js'
import { matchQueryFor } from './match.js'
import { suppliedAttributes } from './source-state.js'
import { type TargetKind, targetKindOf } from './target-kind.js'

/** The options for compiling an object mapping. */
export interface ObjectMappingOptions<Source extends SourceRecord = SourceRecord> {
  readonly settings?: SettingsInput
  /** Default: from the directories; Active Directory ↔ Entra is cloud-sync. */
  readonly dialect?: Dialect
  readonly library?: FunctionLibrary
  /**
   * The names of the attributes that your objects have. If an expression or a filter reads another one, that
   * is the error AF2004, and objects that need it fail. Default: those of the schema.
   */
  readonly attributes?: readonly AttributeName<Source>[]
  /**
   * The backend that evaluates the compiled form. Default: closures. `codegen` of `attrflow/codegen`
   * generates code.
   */
  readonly backend?: Backend
  /**
   * Called with each compiled part and the closure that evaluates it; its result replaces the closure.
   * Coverage counts with it. The mapping is then evaluated as lowered, by closures.
   */
  readonly instrument?: Instrument
}

export const objectMappingRules: OptionRules<ObjectMappingOptions> = {
  ...environmentRules,
  backend: backendRule,
  instrument: func,
}

/** One attribute mapping, compiled into a root of the unit. */
export interface CompiledAttribute extends PlannedAttribute {
  readonly analyzed: AnalyzedExpression | undefined
  /** The errors that prevent its evaluation; every object fails with them. */
  readonly errors: readonly Diagnostic[]
}

/** An object mapping lowered to one unit, with the data for decisions. */
export interface CompiledObjectMapping extends MappingPlan {
  readonly schema: SynchronizationSchema
  readonly rule: SynchronizationRule
  readonly dialect: Dialect
  readonly ends: MappingEnds
  readonly attributes: readonly CompiledAttribute[]
  /** The names of the option `attributes`; undefined without it. */
  readonly attributeNames: readonly string[] | undefined
  readonly filter: LoweredFilter
  readonly unit: Unit
  readonly plan: Plan
  readonly reads: Plan | undefined
  /** The findings about its expressions and filters. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A compiled object mapping for objects of the type `Source`. */
export interface TypedObjectMapping<Source extends SourceRecord>
  extends CompiledObjectMapping,
    TypedMappingPlan<Source> {
  readonly ends: MappingEnds
  readonly attributes: readonly CompiledAttribute[]
  readonly plan: Plan
  readonly reads: Plan | undefined
  readonly sourceAttributes: readonly AttributeName<Source>[]
}

/** The dialect that the directories of a rule imply. */
export const dialectOf = (rule: SynchronizationRule, ends: MappingEnds): Dialect =>
  ends.ignoresFlowTypes || (ends.sourceIsEntra && isActiveDirectory(rule.targetDirectoryName))
    ? 'cloud-sync'
    : 'provisioning'

/**
 * Compiles an object mapping: every expression and the scope into one unit. Never throws for a fault of the
 * schema; faulty expressions are reported, and objects that need them fail. With a type of record,
 * `compileObjectMapping<User>`, `mapObject` takes a `User` only.
 * @throws {TypeError} for invalid options
 */
export const compileObjectMapping = <Source extends SourceRecord = SourceRecord>(
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  objectMapping: ObjectMapping,
  options: ObjectMappingOptions<Source> = {},
): TypedObjectMapping<Source> => {
  requireSchema(schema)
  requireMade(rule, 'objectMappings', 'a rule of schema.synchronizationRules')
  requireMade(objectMapping, 'attributeMappings', 'an object mapping of the rule')
  requireOptions(options, objectMappingRules)
  const { backend = planUnit, instrument } = options
  const settings = resolveSettings(options.settings)
  const ends = mappingEnds(schema, rule, objectMapping)
  const named = attributeScopeOf(options.attributes, ends.source)
  const scope = named ?? ends.source
  const dialect = options.dialect ?? dialectOf(rule, ends)
  const environment = createEnvironment(options.library ?? standardLibrary, {
    settings,
    dialect,
    ...(scope === undefined ? {} : { attributes: scope }),
  })
  const supplied = suppliedAttributes(ends.sourceIsEntra)
  const inputs = createInputTable(supplied)
  // The service computes the supplied attributes: filters read them of every object.
  const filtered = named && filterAttributes(named, (name) => supplied.has(name))
  const filter = lowerFilter(objectMapping.scope, { settings, inputs, path: 'scope', attributes: filtered })
  const targetKind = targetKindOf(
    rule.targetDirectoryName,
    objectMapping.targetObjectName,
    objectMapping.attributeMappings.map((mapping) => mapping.targetAttributeName),
  )
  const attributes = objectMapping.attributeMappings.map((mapping) =>
    compileAttribute(mapping, environment, ends, targetKind, objectMapping.targetObjectName),
  )
  const matching = matchingIndexes(objectMapping.attributeMappings)
  const lower = (attribute: CompiledAttribute): Root => ({
    name: attribute.mapping.targetAttributeName,
    node: lowerAttribute(attribute, environment, inputs),
  })
  // The filter's inputs come first, then those of the matching attributes: they are read for every object.
  const early = new Map(
    matching.flatMap((index) => attributes[index] ?? []).map((attribute) => [attribute, lower(attribute)]),
  )
  const roots = attributes.map((attribute) => early.get(attribute) ?? lower(attribute))
  const unit: Unit = {
    inputs: inputs.inputs(),
    shared: [],
    guard: allOf(filter, guardSets),
    roots,
    early: matching,
  }
  const reading = allOf(filter, readingSets)
  const plan = mappingPlan(
    {
      objectMapping,
      settings,
      ends,
      targetKind,
      attributes,
      inputs: unit.inputs,
      atOnce:
        instrument === undefined &&
        attributes.every(({ failure }) => failure === undefined) &&
        isEvaluatedAtOnce(unit),
      explainScope: filterExplainer(objectMapping.scope, settings, filtered),
      decideScope: filterDecider(objectMapping.scope, settings, filtered),
    },
    instrument === undefined ? backend(optimise(unit)) : planUnit(unit, { instrument }),
    reading && planUnit({ inputs: unit.inputs, shared: [], guard: reading, roots: [] }),
  )
  return {
    ...plan,
    sourceAttributes: unit.inputs.map(({ name }) => name as AttributeName<Source>),
    schema,
    rule,
    dialect,
    attributeNames: options.attributes,
    filter,
    unit,
    diagnostics: [
      ...filter.diagnostics,
      ...attributes.flatMap(({ analyzed }) => analyzed?.diagnostics ?? []),
    ],
  }
}

const isEvaluatedAtOnce = ({ roots }: Unit): boolean => roots.every(({ node }) => isRepeatable(node))

/** The sets that decide whether an object is read; the other sets decide about objects that were read. */
const readingSets = ['inputFilterGroups', 'categoryFilterGroups'] as const
const guardSets = [...readingSets, 'groups'] as const

const allOf = ({ sets }: LoweredFilter, names: readonly FilterSetName[]): IrNode | undefined => {
  const operands = names.map((name) => sets[name]).filter((set) => set !== undefined)
  const [first, second] = operands
  return first === undefined || second === undefined
    ? first
    : { op: 'logic', kind: 'and', operands, type: first.type, span: { start: 0, end: 0 } }
}

const compileAttribute = (
  mapping: AttributeMapping,
  environment: CheckEnvironment,
  ends: MappingEnds,
  targetKind: TargetKind,
  objectName: string,
): CompiledAttribute => {
  const { source } = mapping
  const path = mapping.targetAttributeName
  const tree = source === null ? undefined : compareTree(source, environment.library).tree
  const empty = source !== null && isEmptySource(source)
  const expression = source === null || empty ? '' : (tree ?? expressionTextOf(source, environment.library))
  const found = source === null || empty ? undefined : analyzeSource(source, environment, expression)
  const analyzed =
    found === undefined
      ? undefined
      : { ...found, diagnostics: found.diagnostics.map((d) => ({ ...d, path })) }
  const diagnostics = empty ? [emptySource(mapping)] : (analyzed?.diagnostics ?? [])
  const errors = hasErrors(diagnostics) ? diagnostics : []
  const reads = analyzed?.attributes ?? []
  const rules = flowRules(mapping, ends, reads, environment.settings)
  return {
    mapping,
    expression,
    reads,
    analyzed,
    warnings: tree === undefined ? [] : [treeEvaluated(path, tree)],
    errors,
    failure: errors.length > 0 ? new EvaluationError(errors) : undefined,
    matchQuery: matchQueryFor(targetKind, objectName, path),
    rules,
    redacted: analyzed !== undefined && redactingCalls(analyzed.calls).length > 0,
    addsOnly: [...(analyzed?.calls.values() ?? [])].some(
      ({ definition }) => definition.patchOperation === 'add',
    ),
  }
}

const nowhere = { start: 0, end: 0 }

const isEmptySource = ({ name, expression }: AttributeMappingSource): boolean =>
  name === null && (expression ?? '').trim() === ''

const emptySource = ({ targetAttributeName: name }: AttributeMapping): Diagnostic =>
  diagnostic('AF4118', nowhere, { name }, { path: name })

/** The service evaluates the tree (semantics 41). */
const treeEvaluated = (path: string, tree: string): Diagnostic =>
  diagnostic('AF4921', nowhere, { name: path, tree }, { path })

const lowerAttribute = (
  attribute: CompiledAttribute,
  environment: CheckEnvironment,
  inputs: InputTable,
): IrNode => {
  const { analyzed, errors } = attribute
  if (analyzed === undefined || errors.length > 0) return constant(null, { start: 0, end: 0 })
  return lowerExpression(analyzed, environment, inputs)
}
