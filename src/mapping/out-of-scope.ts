import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { EvaluationContext } from '../values/context.js'
import type { Result } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import type { SourceState } from './deprovision.js'
import type { MappedAttribute, MappedObject, ScopeResult } from './mapped-object.js'
import { MappedResult } from './mapped-result.js'
import type { MappingPlan } from './mapping-plan.js'
import type { MatchKey } from './match.js'
import { ObjectEvaluation } from './object-evaluation.js'
import type { ObjectReason } from './reasons.js'

const nothing: readonly never[] = Object.freeze([])

/**
 * An object that is out of scope and not in the target. In most initial cycles these are the most frequent,
 * so only this is created for one. Its explanation and searches are created on first read.
 */
export class OutOfScope implements MappedObject {
  readonly outcome: MappedObject['outcome'] = 'skip'
  readonly reason: ObjectReason = 'NotEffectivelyEntitled'
  readonly matchedBy: undefined = undefined
  readonly target: undefined = undefined
  readonly diagnostics: readonly Diagnostic[] = nothing
  readonly #compiled: MappingPlan
  readonly #record: SourceRecord
  readonly #context: EvaluationContext
  readonly #source: SourceState
  readonly #early: readonly Result[]
  #whole: MappedResult | undefined = undefined

  /** @param early the results of the matching attributes */
  constructor(
    compiled: MappingPlan,
    record: SourceRecord,
    context: EvaluationContext,
    source: SourceState,
    early: readonly Result[],
  ) {
    this.#compiled = compiled
    this.#record = record
    this.#context = context
    this.#source = source
    this.#early = early
  }

  get #made(): MappedResult {
    if (this.#whole !== undefined) return this.#whole
    const evaluation = new ObjectEvaluation(this.#compiled, this.#record, {}, this.#context, this.#source)
    evaluation.take(this.#early, null)
    this.#whole = new MappedResult(evaluation, { ...this, inScope: false, decisions: undefined })
    return this.#whole
  }

  get scope(): ScopeResult {
    return this.#made.scope
  }

  get matchKeys(): readonly MatchKey[] {
    return this.#made.matchKeys
  }

  get attributes(): readonly MappedAttribute[] {
    return nothing
  }

  /** All members, for `JSON.stringify`. */
  toJSON(): MappedObject {
    return this.#made.toJSON()
  }
}
