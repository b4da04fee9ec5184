import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { EvaluationContext } from '../values/context.js'
import type { Result } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'
import type { SourceState } from './deprovision.js'
import type { MappedAttribute, MappedObject, ScopeResult } from './mapped-object.js'
import { MappedResult } from './mapped-result.js'
import type { MatchKey } from './match.js'
import { ObjectEvaluation } from './object-evaluation.js'
import type { ObjectReason } from './reasons.js'

const nothing: readonly never[] = Object.freeze([])

/**
 * An object that is out of scope and not in the target. In most initial cycles these are the most frequent, so nothing
 * but this is made for one. Its explanation and searches are made when they are first read.
 */
export class OutOfScope implements MappedObject {
  readonly outcome: MappedObject['outcome']
  readonly reason: ObjectReason
  readonly matchedBy: undefined
  readonly target: undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly #compiled: CompiledObjectMapping
  readonly #record: SourceRecord
  readonly #context: EvaluationContext
  readonly #source: SourceState
  readonly #early: readonly Result[]
  #whole: MappedResult | undefined

  /** @param early the results of the matching attributes */
  constructor(
    compiled: CompiledObjectMapping,
    record: SourceRecord,
    context: EvaluationContext,
    source: SourceState,
    early: readonly Result[],
  ) {
    this.outcome = 'skip'
    this.reason = 'NotEffectivelyEntitled'
    this.matchedBy = undefined
    this.target = undefined
    this.diagnostics = nothing
    this.#compiled = compiled
    this.#record = record
    this.#context = context
    this.#source = source
    this.#early = early
    this.#whole = undefined
  }

  get #made(): MappedResult {
    this.#whole ??= this.#make()
    return this.#whole
  }

  #make(): MappedResult {
    const { outcome, reason, matchedBy, target, diagnostics } = this
    const evaluation = new ObjectEvaluation(this.#compiled, this.#record, {}, this.#context, this.#source)
    evaluation.take(this.#early, null)
    return new MappedResult(evaluation, {
      outcome,
      reason,
      inScope: false,
      matchedBy,
      target,
      decisions: undefined,
      diagnostics,
    })
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
