import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { UniqueCandidate } from '../expression/unique-batch.js'
import type { ScopeDecision } from '../filter/decide.js'
import type { FilterExplanation } from '../filter/explain.js'
import type { ContextInput, EvaluationContext } from '../values/context.js'
import { isJsonObject } from '../values/json-object.js'
import { requireMade } from '../values/misuse.js'
import { boolean, func, type OptionRule, type OptionRules, oneOf } from '../values/options.js'
import type { Value } from '../values/value.js'
import type { SourceState } from './deprovision.js'
import type { FlowDecision } from './flow.js'
import type { PlannedAttribute } from './mapping-plan.js'
import type { MatchKey } from './match.js'
import type { ObjectReason } from './reasons.js'

/** An object of the target: its attributes by target attribute name. */
export type TargetObject = ReadonlyMap<string, Value>

/** Facts that the caller knows beyond the object itself. */
export interface MapRequest {
  /** Decides as if the target object did or did not exist; default: the result of the search, else create. */
  readonly operation?: 'create' | 'update'
  /**
   * Finds the objects of the target that have this value in this attribute. It also tells SelectUniqueValue
   * which candidates other objects have, unless there is an `isTaken`.
   */
  readonly findTargets?: (attribute: string, value: Value) => readonly TargetObject[]
  /** The object to which the source object is already linked; then no matching takes place. */
  readonly linked?: TargetObject
  /** The state of the source object beyond its attributes. Default: derived from its attributes. */
  readonly source?: SourceState
  /** It was disabled when it left the scope earlier, and is no longer managed. Default false. */
  readonly unmanaged?: boolean
  /** The job's SkipOutOfScopeDeletions secret. Default false. */
  readonly skipOutOfScopeDeletions?: boolean
  /**
   * Whether a candidate of SelectUniqueValue is already taken in the target; it gets the attribute and the
   * object, and takes precedence over `isTaken` of the context. For an asynchronous look-up see
   * `mapObjectsUnique`.
   */
  readonly isTaken?: (candidate: UniqueCandidate) => boolean
  readonly context?: ContextInput | EvaluationContext
}

const targetObject: OptionRule = {
  takes: 'a Map of the attributes of the target object',
  accepts: (value) => typeof (value as TargetObject | null)?.get === 'function',
}

/** The members of a request, as checked for every object. */
export const requestRules: OptionRules<MapRequest> = {
  operation: oneOf('create', 'update'),
  findTargets: func,
  linked: targetObject,
  source: oneOf('active', 'disabled', 'softDeleted', 'unassigned', 'hardDeleted'),
  unmanaged: boolean,
  skipOutOfScopeDeletions: boolean,
  isTaken: func,
  context: { takes: 'an object such as { now: new Date() }', accepts: isJsonObject },
}

/** Whether an object is in scope, and why. */
export interface ScopeResult {
  /** Undefined if it is unknown: a filter failed, or the object was skipped before. */
  readonly inScope: boolean | undefined
  /** Each set, group and clause with the value it tested. */
  explain(): FilterExplanation
  /** The set, group and clause that decided. */
  decide(): ScopeDecision
}

/** One target attribute of a mapped object. */
export interface MappedAttribute {
  readonly attribute: PlannedAttribute
  readonly decision: FlowDecision
}

/**
 * The result of mapping one object. Members that are not always needed are created on first read.
 * `JSON.stringify` sees all members, a spread (`{ ...mapped }`) does not: use {@link changedObject}.
 */
export interface MappedObject {
  readonly outcome: 'create' | 'update' | 'disable' | 'delete' | 'skip' | 'error'
  readonly reason: ObjectReason
  readonly scope: ScopeResult
  readonly matchKeys: readonly MatchKey[]
  /** The key that found a target object. */
  readonly matchedBy: MatchKey | undefined
  /** The target object that it was matched or linked to. */
  readonly target: TargetObject | undefined
  /** In the order of the schema; empty if nothing is evaluated. */
  readonly attributes: readonly MappedAttribute[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The same object with some members changed. */
export const changedObject = (mapped: MappedObject, changes: Partial<MappedObject>): MappedObject => ({
  outcome: mapped.outcome,
  reason: mapped.reason,
  scope: mapped.scope,
  matchKeys: mapped.matchKeys,
  matchedBy: mapped.matchedBy,
  target: mapped.target,
  attributes: mapped.attributes,
  diagnostics: mapped.diagnostics,
  ...changes,
})

/**
 * Requires a mapped object.
 * @throws {TypeError} for anything else
 */
export const requireMapped = (mapped: MappedObject): void =>
  requireMade(mapped, 'attributes', 'a mapped object, such as mapObject(mapping, user)')
