import { compileExpression } from '../../src/expression/compile.js'
import { compileFilter } from '../../src/filter/compile.js'
import { decideProvisioning } from '../../src/mapping/deprovision.js'
import type {
  CompiledObjectMapping,
  FlowRules,
  MappedObject,
  MapRequest,
  TargetObject,
} from '../../src/mapping/index.js'
import { matchQuery, sameValue, sourceStateOf, supplyAttribute } from '../../src/mapping/index.js'
import type { Filter } from '../../src/schema/model.js'
import { createContext } from '../../src/values/context.js'
import { EvaluationError } from '../../src/values/fault.js'
import { FlowMarker, ignoreObjectFlow } from '../../src/values/marker.js'
import type { Result } from '../../src/values/outcome.js'
import { readAttribute } from '../../src/values/record.js'
import { isList, type Value } from '../../src/values/value.js'
import { resultOf } from '../support/result-of.js'

/** What a mapped object says, as far as the reference speaks of it. */
export interface Told {
  readonly outcome: MappedObject['outcome']
  readonly reason: MappedObject['reason']
  readonly inScope: boolean | undefined
  readonly queries: readonly (string | null)[]
  readonly flows: Readonly<Record<string, Value>>
  readonly stays: Readonly<Record<string, string>>
  readonly codes: readonly string[]
}

/** A mapped object, reduced to what the reference speaks of. */
export const toldBy = (mapped: MappedObject): Told => {
  const flows: Record<string, Value> = {}
  const stays: Record<string, string> = {}
  for (const { attribute, decision } of mapped.attributes) {
    if (decision.flows) flows[attribute.rules.target] = decision.value
    else stays[attribute.rules.target] = decision.reason
  }
  const { outcome, reason, scope, matchKeys, diagnostics } = mapped
  const queries = matchKeys.map(({ query }) => query)
  return {
    outcome,
    reason,
    inScope: scope.inScope,
    queries,
    flows,
    stays,
    codes: diagnostics.map(({ code }) => code).sort(),
  }
}

const isNothing = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (isList(value) && value.length === 0)

type Decided =
  | { readonly value: Value }
  | { readonly stays: string; readonly missing?: true; readonly ignored?: true; readonly codes?: string[] }

/** The flow of one attribute, by the rules of semantics 30 and 31 in the order in which they are written there. */
const decide = (
  result: () => Result,
  rules: FlowRules,
  operation: 'create' | 'update',
  matched: boolean,
  current: Value | undefined,
): Decided => {
  const updates = operation === 'update'
  if (updates && matched) return { stays: 'matched' }
  if (updates && rules.flowType === 'ObjectAddOnly') return { stays: 'createOnly' }
  if (updates && !rules.hasSource) return { stays: 'noSource' }
  if (updates && rules.flowType === 'AttributeAddOnly' && !isNothing(current))
    return { stays: 'targetHasValue' }
  let value = result()
  if (value instanceof EvaluationError)
    return { stays: 'failed', codes: value.diagnostics.map(({ code }) => code) }
  if (value instanceof FlowMarker) {
    if (value === ignoreObjectFlow) return { stays: 'ignored', ignored: true }
    return rules.required && !updates ? { stays: 'ignored', missing: true } : { stays: 'ignored' }
  }
  if (isList(value)) {
    const elements = value.filter((element) => element !== null && element !== '')
    if (elements.length === 0) value = null
    else if (rules.multivalued) value = elements
    else if (elements.length === 1) value = elements[0]!
    else return { stays: 'failed', codes: ['AF5030'] }
  }
  if (value === null || value === '') {
    const stays = value === null ? 'null' : 'empty'
    if (updates) {
      if (!rules.clearsOnNull || rules.flowType !== 'Always') return { stays }
      return current !== undefined && isNothing(current) ? { stays: 'unchanged' } : { value: null }
    }
    if (rules.defaultValue) return { value: rules.defaultValue }
    if (!rules.required) return { stays }
    return rules.attributeDefault ? { value: rules.attributeDefault } : { stays, missing: true }
  }
  if (!updates || current === undefined) return { value }
  if (rules.flowType === 'MultiValueAddOnly' || rules.flowType === 'ValueAddOnly') {
    if (isNothing(current)) return { value }
    if (!rules.multivalued) return { stays: 'targetHasValue' }
    const present = isList(current) ? current : [current]
    const added = (isList(value) ? value : [value]).filter(
      (element) => !present.some((other) => sameValue(element, other, rules.type)),
    )
    return added.length === 0 ? { stays: 'nothingToAdd' } : { value: [...present, ...added] }
  }
  return rules.flowBehavior === 'FlowWhenChanged' && sameValue(value, current, rules.type)
    ? { stays: 'unchanged' }
    : { value }
}

/**
 * What `mapObject` does, written plainly: each expression compiled and evaluated by itself when it is asked for, each
 * filter set by itself, each decision taken for the object in hand. For mappings with values that fit their target.
 */
export const mapPlainly = (
  compiled: CompiledObjectMapping,
  record: Readonly<Record<string, unknown>>,
  request: MapRequest,
): Told => {
  const { attributes, objectMapping, unit, targetKind, ends } = compiled
  const source = request.source ?? sourceStateOf(record)
  let inactive = source !== 'active'
  const result = (index: number): Result => {
    const { expression, errors } = attributes[index]!
    if (errors.length > 0) return new EvaluationError(errors)
    if (expression === '') return null
    const supplied = unit.inputs.filter((input) => input.supplied)
    const seen = Object.fromEntries(
      supplied.map(({ name }) => [name, supplyAttribute(name, record, inactive)] as const),
    )
    return resultOf(compileExpression(expression).evaluate({ ...record, ...seen }, createContext({ now: 0 })))
  }
  const indexes = attributes.map((_, index) => index)
  const matching = indexes
    .filter((index) => attributes[index]!.mapping.matchingPriority > 0)
    .map((index) => {
      const { targetAttributeName, matchingPriority } = attributes[index]!.mapping
      const found = result(index)
      let value = found instanceof EvaluationError || found instanceof FlowMarker ? null : found
      if (isList(value)) {
        const elements = value.filter((element) => element !== null && element !== '')
        value = elements.length === 1 ? elements[0]! : null
      }
      const query = isNothing(value)
        ? null
        : matchQuery(targetKind, objectMapping.targetObjectName, targetAttributeName, value)
      return { found, targetAttributeName, matchingPriority, value, query }
    })
  const keys = [...matching].sort((a, b) => a.matchingPriority - b.matchingPriority)
  const queries = keys.map(({ query }) => query)
  const told = (
    outcome: Told['outcome'],
    reason: Told['reason'],
    inScope: boolean | undefined,
    decided: readonly Decided[] = [],
    codes: readonly string[] = [],
  ): Told => {
    const flows: Record<string, Value> = {}
    const stays: Record<string, string> = {}
    decided.forEach((one, index) => {
      const name = attributes[index]!.rules.target
      if ('value' in one) flows[name] = one.value
      else stays[name] = one.stays
    })
    return { outcome, reason, inScope, queries, flows, stays, codes: [...codes].sort() }
  }
  const failed = matching.some(({ found }) => found instanceof EvaluationError)
  if (!failed && matching.length > 0 && queries.every((query) => query === null))
    return told('skip', 'ImportSkipped', undefined)

  const { inputFilterGroups, categoryFilterGroups, groups } = objectMapping.scope ?? {}
  const verdictOf = (filter: Partial<Filter>): unknown =>
    compileFilter({ inputFilterGroups: [], categoryFilterGroups: [], groups: [], ...filter }).evaluate({
      ...record,
      IsSoftDeleted: readAttribute(record, 'IsSoftDeleted') ?? inactive,
    }).verdict
  const isRead =
    verdictOf({
      inputFilterGroups: inputFilterGroups ?? [],
      categoryFilterGroups: categoryFilterGroups ?? [],
    }) === true
  const inScope = isRead && verdictOf({ groups: groups ?? [] }) === true

  let found: TargetObject | undefined = request.linked
  let matchedBy: string | undefined
  if (request.operation === 'create') found = undefined
  else if (found === undefined && request.findTargets !== undefined) {
    for (const { targetAttributeName, value, query } of keys) {
      if (query === null) continue
      const [first] = request.findTargets(targetAttributeName, value)
      if (first === undefined) continue
      found = first
      matchedBy = targetAttributeName
      break
    }
  } else if (found === undefined && request.operation === 'update') {
    matchedBy = keys.find(({ query }) => query !== null)?.targetAttributeName
  }
  const decideAll = (operation: 'create' | 'update', target: TargetObject | undefined): readonly Decided[] =>
    indexes.map((index) => {
      const { rules } = attributes[index]!
      const current = target === undefined ? undefined : (target.get(rules.target) ?? null)
      return decide(() => result(index), rules, operation, matchedBy === rules.target, current)
    })
  const codesOf = (decided: readonly Decided[]): readonly string[] =>
    decided.flatMap((one) => ('codes' in one ? (one.codes ?? []) : []))
  if (failed) {
    matchedBy = undefined
    const decided = decideAll(request.operation ?? 'create', undefined)
    return told('error', 'EvaluationFailed', inScope, decided, codesOf(decided))
  }
  if (!isRead) return told('skip', 'InputFiltered', false)
  const mapsSoftDeleted = unit.inputs.some(({ name }) => name === 'IsSoftDeleted')
  const assumed = request.operation === 'update' && request.findTargets === undefined
  const { action, reason } = decideProvisioning({
    target: found === undefined && !assumed ? 'none' : request.unmanaged === true ? 'unmanaged' : 'linked',
    inScope,
    source,
    flowTypes: objectMapping.flowTypes,
    mapsSoftDeleted,
    supportsSoftDelete: ends.supportsSoftDelete,
    disablesByItself: ends.targetIsActiveDirectory,
    skipOutOfScopeDeletions: request.skipOutOfScopeDeletions ?? false,
  })
  if (action === 'skip' || action === 'delete') return told(action, reason, inScope)
  if (action === 'disable') inactive = true
  const decided = decideAll(action === 'create' ? 'create' : 'update', found)
  const codes = codesOf(decided)
  if (codes.length > 0) return told('error', 'EvaluationFailed', inScope, decided, codes)
  if (decided.some((one) => 'ignored' in one)) return told('skip', 'IgnoredByExpression', inScope, decided)
  if (decided.some((one) => 'missing' in one))
    return told('error', 'MissingValues', inScope, decided, ['AF5031'])
  if (found !== undefined && action !== 'create' && decided.every((one) => 'stays' in one))
    return told('skip', 'RedundantExport', inScope, decided)
  return told(action, reason, inScope, decided)
}
