import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { endMetering } from '../dotnet/step-meter.js'
import { contextFrom, type EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import { objectFault } from '../values/object-fault.js'
import { requireOptions } from '../values/options.js'
import type { Result } from '../values/outcome.js'
import { requireRecord, type SourceRecord } from '../values/record.js'
import { REDACTED } from '../values/redacted.js'
import { textForm } from '../values/text.js'
import type { Value } from '../values/value.js'
import { decideProvisioning, type ProvisioningDecision, type SourceState } from './deprovision.js'
import { foundTargets } from './find-targets.js'
import {
  decideBefore,
  decideResult,
  type FlowDecision,
  type FlowPlan,
  flowsAsItIs,
  matchedDecision,
} from './flow.js'
import { type MappedObject, type MapRequest, requestRules, type TargetObject } from './mapped-object.js'
import { type Decisions, MappedResult } from './mapped-result.js'
import { type MappingPlan, requireMapping, type TypedMappingPlan } from './mapping-plan.js'
import type { MatchKey } from './match.js'
import { ObjectEvaluation, searchesOf } from './object-evaluation.js'
import { OutOfScope } from './out-of-scope.js'
import type { ObjectReason } from './reasons.js'
import { sourceStateOf } from './source-state.js'

/**
 * Decides everything about one object of the source, and maps its attributes. Never throws for dirty data.
 * @throws {TypeError} for an invalid record or request, such as text, or a `findTargets` that returns a
 * promise
 * @example
 * const mapping = compileMapping(readFileSync('schema.json'))
 * mapObject(mapping, user).outcome // 'create'
 */
export const mapObject = <Source extends SourceRecord = SourceRecord>(
  compiled: TypedMappingPlan<Source>,
  record: NoInfer<Source>,
  request: MapRequest = {},
): MappedObject => {
  requireMapping(compiled)
  requireRecord(record)
  requireOptions(request, requestRules)
  const context = contextFrom(request.context, compiled.settings)
  try {
    const source = request.source ?? sourceStateOf(record)
    if (!mayEvaluateAtOnce(compiled, request, source))
      return runObject(beginRun(compiled, record, request, context, source))
    const early = new Array<Result>(compiled.matching.length)
    const results = compiled.plan.run(record, context, early, source !== 'active')
    if (results === null && endsOutOfScope(compiled, request, early))
      return new OutOfScope(compiled, record, context, source, early)
    const run = beginRun(compiled, record, request, context, source)
    run.evaluation.take(early, results)
    return runObject(run)
  } catch (thrown) {
    return failedObject(compiled, objectFault(thrown))
  } finally {
    endMetering()
  }
}

/**
 * Whether all roots can be evaluated at once: only the guard can prevent it, for a new object, or for an
 * active one updated by a mapping whose attributes all need their values.
 */
const mayEvaluateAtOnce = (
  { atOnce, someStay }: MappingPlan,
  request: MapRequest,
  source: SourceState,
): boolean => atOnce && (isNew(request) || (!someStay && source === 'active'))

/** Whether the target is known not to have the object, without a search. */
const isNew = ({ operation, linked, findTargets }: MapRequest): boolean =>
  operation === 'create' || (operation === undefined && linked === undefined && findTargets === undefined)

/** Whether the mapping of an object ends if the guard is false. */
const endsOutOfScope = ({ reads }: MappingPlan, request: MapRequest, early: readonly Result[]): boolean =>
  reads === undefined && isNew(request) && searchesOf(early) === 'some'

/** An object of which only its failure is known. */
const failedObject = (compiled: MappingPlan, fault: Diagnostic): MappedObject => ({
  outcome: 'error',
  reason: 'EvaluationFailed',
  scope: {
    inScope: undefined,
    explain: () => compiled.explainScope(() => null),
    decide: () => compiled.decideScope(() => null),
  },
  matchKeys: [],
  matchedBy: undefined,
  target: undefined,
  attributes: [],
  diagnostics: [fault],
})

interface Match {
  readonly key: MatchKey | undefined
  readonly target: TargetObject | undefined
}

const noMatch: Match = { key: undefined, target: undefined }

/** The attribute by which Active Directory disables an account. */
const ACCOUNT_DISABLED = 'accountDisabled'

const nothing: readonly never[] = Object.freeze([])

/** The summary of the decisions about an object's attributes. */
interface Flows {
  readonly decisions: (FlowDecision | undefined)[]
  /** The targets of required attributes without a value. */
  readonly missing: readonly string[]
  /** Whether an expression asks to ignore the object. */
  readonly ignored: boolean
  /** Whether some attribute flows. */
  readonly some: boolean
}

/**
 * The mapping of one object in progress. An object literal: V8 drops the shape of a class that has no
 * instance for a while.
 */
interface Run {
  readonly compiled: MappingPlan
  readonly request: MapRequest
  readonly evaluation: ObjectEvaluation
  /** A fault shared by several attributes is reported once. */
  errors: Set<Diagnostic> | undefined
  warnings: Diagnostic[] | undefined
  inScope: boolean | undefined
}

const beginRun = (
  compiled: MappingPlan,
  record: SourceRecord,
  request: MapRequest,
  context: EvaluationContext,
  source: SourceState,
): Run => ({
  compiled,
  request,
  evaluation: new ObjectEvaluation(compiled, record, request, context, source),
  errors: undefined,
  warnings: undefined,
  inScope: undefined,
})

const error = (run: Run, found: Diagnostic): void => {
  run.errors ??= new Set()
  run.errors.add(found)
}

const warn = (run: Run, found: Diagnostic): void => {
  run.warnings ??= []
  run.warnings.push(found)
}

const runObject = (run: Run): MappedObject => {
  const searches = run.evaluation.searches()
  if (searches === 'none') return end(run, 'skip', 'ImportSkipped')
  const scope = evaluateScope(run)
  if (searches === 'failed' || scope === undefined) return fail(run)
  const match = findMatch(run)
  return match === undefined ? end(run, 'error', 'DuplicateTargetEntries') : act(run, scope, match)
}

const act = (run: Run, scope: 'in' | 'out' | 'unread', match: Match): MappedObject => {
  // An object excluded by input or category filters is not processed at all, and not deprovisioned either.
  if (scope === 'unread') return end(run, 'skip', 'InputFiltered', match)
  const decision = decide(run, scope === 'in', match)
  if (decision.action === 'skip' || decision.action === 'delete')
    return end(run, decision.action, decision.reason, match)
  if (decision.action === 'disable') run.evaluation.markInactive()
  run.evaluation.updated = match.target ?? null
  const flows = decideAttributes(run, decision.action === 'create' ? 'create' : 'update', match)
  return conclude(run, decision, match, flows)
}

/** Matching or scoping failed. All mappings are still evaluated, to show all faults at once. */
const fail = (run: Run): MappedObject => {
  const { decisions } = decideAttributes(run, run.request.operation ?? 'create', noMatch)
  return end(run, 'error', 'EvaluationFailed', noMatch, decisions)
}

const conclude = (run: Run, decision: ProvisioningDecision, match: Match, flows: Flows): MappedObject => {
  const { decisions, missing, ignored } = flows
  const some = decision.action === 'disable' && disabledByTarget(run, decisions) ? true : flows.some
  if (run.compiled.limitsLengths) noteLengths(run, decisions)
  if (run.errors !== undefined) return end(run, 'error', 'EvaluationFailed', match, decisions)
  if (ignored) return end(run, 'skip', 'IgnoredByExpression', match, decisions)
  if (missing.length > 0) {
    error(run, diagnostic('AF5031', { start: 0, end: 0 }, { targets: missing.join(', ') }))
    return end(run, 'error', 'MissingValues', match, decisions)
  }
  const redundant = match.target !== undefined && !some && decision.action !== 'create'
  return redundant
    ? end(run, 'skip', 'RedundantExport', match, decisions)
    : end(run, decision.action, decision.reason, match, decisions)
}

/**
 * The automatic action of Active Directory for an object that left the scope, if no mapping reads its state.
 * @returns whether it sets an attribute of the mapping
 */
const disabledByTarget = (run: Run, decisions: (FlowDecision | undefined)[]): boolean => {
  const { attributes, mapsSoftDeleted } = run.compiled
  if (mapsSoftDeleted) return false
  warn(run, diagnostic('AF4922', { start: 0, end: 0 }, {}))
  let sets = false
  attributes.forEach(({ mapping }, index) => {
    if (mapping.targetAttributeName !== ACCOUNT_DISABLED) return
    decisions[index] = { flows: true, value: true, origin: 'deprovisioned' }
    sets = true
  })
  return sets
}

/** Reports values that the target will refuse or truncate. They are still sent, as the service does. */
const noteLengths = (run: Run, decisions: Decisions): void => {
  run.compiled.attributes.forEach(({ rules, mapping }, index) => {
    const limit = rules.maximumLength
    if (limit === undefined) return
    const decision = decisions[index] ?? run.evaluation.flowing(index)
    if (!decision.flows) return
    const values = Array.isArray(decision.value) ? (decision.value as readonly Value[]) : [decision.value]
    const length = Math.max(0, ...values.map((value) => (typeof value === 'string' ? value.length : 0)))
    if (length <= limit) return
    const path = mapping.targetAttributeName
    const args = { attribute: path, length, limit }
    warn(run, diagnostic('AF4919', { start: 0, end: 0 }, args, { path }))
  })
}

const end = (
  run: Run,
  outcome: MappedObject['outcome'],
  reason: ObjectReason,
  match: Match = noMatch,
  decisions: Decisions | undefined = undefined,
): MappedObject => {
  const errors = run.errors
  const warnings = run.warnings
  return new MappedResult(run.evaluation, {
    outcome,
    reason,
    inScope: run.inScope,
    matchedBy: match.key,
    target: match.target,
    decisions,
    diagnostics:
      errors === undefined && warnings === undefined
        ? nothing
        : [...(errors ?? nothing), ...(warnings ?? nothing)],
  })
}

const evaluateScope = (run: Run): 'in' | 'out' | 'unread' | undefined => {
  const guard = run.evaluation.guard()
  if (guard instanceof EvaluationError) {
    for (const found of guard.diagnostics) error(run, found)
    return undefined
  }
  run.inScope = guard
  if (guard) return 'in'
  return run.evaluation.isRead() ? 'out' : 'unread'
}

const findMatch = (run: Run): Match | undefined => {
  const { linked, findTargets, operation } = run.request
  if (operation === 'create') return noMatch
  if (linked !== undefined) return { key: undefined, target: linked }
  if (findTargets === undefined)
    return operation === 'update' ? { key: assumedMatch(run), target: undefined } : noMatch
  for (const key of run.evaluation.matchKeys()) {
    if (key.query === null) continue
    const found = foundTargets(findTargets, key.targetAttribute, key.value)
    if (found.length === 1) return { key, target: found[0] }
    if (found.length > 1) {
      const args = {
        count: found.length,
        attribute: key.targetAttribute,
        value: isRedacted(run, key) ? REDACTED : String(textForm(key.value)),
      }
      error(run, diagnostic('AF5032', { start: 0, end: 0 }, args))
      return undefined
    }
  }
  return noMatch
}

const isRedacted = ({ compiled }: Run, { targetAttribute }: MatchKey): boolean =>
  compiled.attributes.some(
    ({ mapping, redacted }) => redacted && mapping.targetAttributeName === targetAttribute,
  )

/** For an assumed update: the first key that would be searched. */
const assumedMatch = (run: Run): MatchKey | undefined => {
  return run.evaluation.matchKeys().find(({ query }) => query !== null)
}

const decide = (run: Run, inScope: boolean, match: Match): ProvisioningDecision => {
  const { objectMapping, ends } = run.compiled
  const { operation, unmanaged = false, skipOutOfScopeDeletions = false, findTargets } = run.request
  const linked = match.target !== undefined || (operation === 'update' && findTargets === undefined)
  return decideProvisioning({
    target: !linked ? 'none' : unmanaged ? 'unmanaged' : 'linked',
    inScope,
    source: run.evaluation.source,
    flowTypes: objectMapping.flowTypes,
    mapsSoftDeleted: run.compiled.mapsSoftDeleted,
    supportsSoftDelete: ends.supportsSoftDelete,
    disablesByItself: ends.targetIsActiveDirectory,
    skipOutOfScopeDeletions,
  })
}

/** Decides about every attribute, and collects the faults. */
const decideAttributes = (run: Run, operation: 'create' | 'update', { target, key }: Match): Flows => {
  const plans = run.compiled.flows[operation]
  const matched = operation === 'update' && key !== undefined ? key.targetAttribute : undefined
  const decisions = new Array<FlowDecision | undefined>(plans.length)
  let missing: string[] | undefined
  let ignored = false
  let some = false
  for (const warning of run.compiled.warnings) warn(run, warning)
  // `entries()` would make a list for each attribute of each object.
  let index = 0
  for (const plan of plans) {
    const flow = decideAttribute(run, plan, index, matched, target)
    decisions[index++] = flow
    if (flow === undefined || flow.flows) some = true
    else if (flow.reason === 'failed') for (const found of flow.error.diagnostics) error(run, found)
    else if ('missing' in flow) {
      missing ??= []
      missing.push(plan.rules.target)
    } else if ('ignoresObject' in flow) ignored = true
  }
  return { decisions, missing: missing ?? nothing, ignored, some }
}

/** Undefined if the result flows unchanged. */
const decideAttribute = (
  run: Run,
  plan: FlowPlan,
  index: number,
  matched: string | undefined,
  target: TargetObject | undefined,
): FlowDecision | undefined => {
  if (matched === plan.rules.target) return matchedDecision
  const current = target === undefined ? undefined : (target.get(plan.rules.target) ?? null)
  const before = decideBefore(plan, current)
  if (before !== undefined) return before
  const result = run.evaluation.result(index)
  return flowsAsItIs(plan, result, current) ? undefined : decideResult(plan, result, current)
}
