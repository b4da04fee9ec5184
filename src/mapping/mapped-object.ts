import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { UniqueCandidate } from '../expression/unique-batch.js'
import type { ScopeDecision } from '../filter/decide.js'
import type { FilterExplanation } from '../filter/explain.js'
import type { ContextInput, EvaluationContext } from '../values/context.js'
import type { Value } from '../values/value.js'
import type { CompiledAttribute } from './compile-object-mapping.js'
import type { SourceState } from './deprovision.js'
import type { FlowDecision } from './flow.js'
import type { MatchKey } from './match.js'
import type { ObjectReason } from './reasons.js'

/** An object of the target: its attributes by target attribute name. */
export type TargetObject = ReadonlyMap<string, Value>

/** What the caller knows beyond the object itself. */
export interface MapRequest {
  /** Decide as if the target object did not exist or did; default: what the look-up finds, else create. */
  readonly operation?: 'create' | 'update'
  /** The objects of the target that have this value in this attribute. */
  readonly findTargets?: (attribute: string, value: Value) => readonly TargetObject[]
  /** The object the source object is linked to already; then no matching takes place. */
  readonly linked?: TargetObject
  /** What is known of the source object beyond its attributes. Default: what they tell. */
  readonly source?: SourceState
  /** It was disabled when it left the scope earlier, and is no longer managed. Default false. */
  readonly unmanaged?: boolean
  /** The job's SkipOutOfScopeDeletions secret. Default false. */
  readonly skipOutOfScopeDeletions?: boolean
  /**
   * Whether a candidate of SelectUniqueValue is already taken in the target; it knows attribute and object, and comes
   * before `isTaken` of the context. For a look-up that takes time see `mapObjectsUnique`.
   */
  readonly isTaken?: (candidate: UniqueCandidate) => boolean
  readonly context?: ContextInput | EvaluationContext
}

/** Whether an object is in scope, and why. */
export interface ScopeResult {
  /** Undefined when it is neither in nor out: a filter failed, or the object was skipped before. */
  readonly inScope: boolean | undefined
  /** Each set, group and clause with the value it saw. */
  explain(): FilterExplanation
  /** The set, group and clause that decided. */
  decide(): ScopeDecision
}

/** One target attribute of a mapped object. */
export interface MappedAttribute {
  readonly attribute: CompiledAttribute
  readonly decision: FlowDecision
}

/**
 * What mapping one object came to. What is not always asked for is made when it is first read; `JSON.stringify` finds
 * all members, a spread (`{ ...mapped }`) does not: use {@link changedObject}.
 */
export interface MappedObject {
  readonly outcome: 'create' | 'update' | 'disable' | 'delete' | 'skip' | 'error'
  readonly reason: ObjectReason
  readonly scope: ScopeResult
  readonly matchKeys: readonly MatchKey[]
  /** The key by which a target object was found. */
  readonly matchedBy: MatchKey | undefined
  /** The target object it was matched or linked to. */
  readonly target: TargetObject | undefined
  /** In the order of the schema; empty when nothing is evaluated. */
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
