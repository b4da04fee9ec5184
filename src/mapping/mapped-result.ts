import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Value } from '../values/value.js'
import type { FlowDecision } from './flow.js'
import type { MappedAttribute, MappedObject, ScopeResult, TargetObject } from './mapped-object.js'
import type { MatchKey } from './match.js'
import type { ObjectEvaluation } from './object-evaluation.js'
import type { NoFlowReason, ObjectReason } from './reasons.js'

/**
 * The decision about each attribute of an object, by index. Undefined is by far the most common decision: the
 * result of the expression flows unchanged.
 */
export type Decisions = readonly (FlowDecision | undefined)[]

/** The conclusion of an object's mapping. */
export interface Ending {
  readonly outcome: MappedObject['outcome']
  readonly reason: ObjectReason
  readonly inScope: boolean | undefined
  readonly matchedBy: MatchKey | undefined
  readonly target: TargetObject | undefined
  /** Undefined if the attributes were not evaluated. */
  readonly decisions: Decisions | undefined
  readonly diagnostics: readonly Diagnostic[]
}

const noAttributes: readonly MappedAttribute[] = Object.freeze([])

/** A mapped object whose explanation, searches and list of attributes are created on first read. */
export class MappedResult implements MappedObject {
  readonly outcome: MappedObject['outcome']
  readonly reason: ObjectReason
  readonly matchedBy: MatchKey | undefined
  readonly target: TargetObject | undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly #evaluation: ObjectEvaluation
  readonly #inScope: boolean | undefined
  readonly #decisions: Decisions | undefined
  #scope: ScopeResult | undefined
  #attributes: readonly MappedAttribute[] | undefined

  constructor(evaluation: ObjectEvaluation, ending: Ending) {
    this.outcome = ending.outcome
    this.reason = ending.reason
    this.matchedBy = ending.matchedBy
    this.target = ending.target
    this.diagnostics = ending.diagnostics
    this.#evaluation = evaluation
    this.#inScope = ending.inScope
    this.#decisions = ending.decisions
    this.#scope = undefined
    this.#attributes = undefined
  }

  get scope(): ScopeResult {
    const evaluation = this.#evaluation
    this.#scope ??= {
      inScope: this.#inScope,
      explain: () => evaluation.explainScope(),
      decide: () => evaluation.decideScope(),
    }
    return this.#scope
  }

  get matchKeys(): readonly MatchKey[] {
    return this.#evaluation.matchKeys()
  }

  get attributes(): readonly MappedAttribute[] {
    this.#attributes ??= this.#makeAttributes()
    return this.#attributes
  }

  #makeAttributes(): readonly MappedAttribute[] {
    const decisions = this.#decisions
    if (decisions === undefined) return noAttributes
    return this.#evaluation.compiled.attributes.map((attribute, index) => ({
      attribute,
      decision: decisions[index] ?? this.#evaluation.flowing(index),
    }))
  }

  /** The number of evaluated attributes: all of the mapping, or none. */
  get decided(): number {
    return this.#decisions === undefined ? 0 : this.#evaluation.compiled.attributes.length
  }

  /** The decision about an attribute, by index; undefined if the result of its expression flows unchanged. */
  decision(index: number): FlowDecision | undefined {
    return this.#decisions?.[index]
  }

  /** The result that flows unchanged. */
  flowing(index: number): Value {
    return this.#evaluation.found(index)
  }

  /** All members, for `JSON.stringify`. */
  toJSON(): MappedObject {
    const { outcome, reason, scope, matchKeys, matchedBy, target, attributes, diagnostics } = this
    return { outcome, reason, scope, matchKeys, matchedBy, target, attributes, diagnostics }
  }
}

/** Whether an attribute flows, by its index in the mapping, or why not; undefined if it was not evaluated. */
export const flowAt = (mapped: MappedObject, index: number): 'flows' | NoFlowReason | undefined => {
  if (mapped instanceof MappedResult) {
    if (index >= mapped.decided) return undefined
    const decision = mapped.decision(index)
    return decision === undefined || decision.flows ? 'flows' : decision.reason
  }
  const decision = mapped.attributes[index]?.decision
  return decision?.flows === true ? 'flows' : decision?.reason
}
