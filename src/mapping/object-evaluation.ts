import type { ScopeDecision } from '../filter/decide.js'
import type { FilterExplanation } from '../filter/explain.js'
import type { Frame } from '../plan/frame.js'
import type { EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import type { Result } from '../values/outcome.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { isList, type Value } from '../values/value.js'
import type { SourceState } from './deprovision.js'
import { type FindTargets, isTakenInTarget } from './find-targets.js'
import type { FlowDecision } from './flow.js'
import type { MapRequest, TargetObject } from './mapped-object.js'
import type { MappingPlan } from './mapping-plan.js'
import { type MatchKey, orderMatchKeys } from './match.js'
import { softDeletedAttribute, supplyAttribute } from './source-state.js'

/**
 * The evaluation of a mapping's unit for one object: each root at most once. If the mapping and the request
 * allow it, guard and roots are evaluated in one run; otherwise each root on demand.
 */
export class ObjectEvaluation {
  readonly compiled: MappingPlan
  readonly source: SourceState
  /** The object of the target that it is matched with; null if there is none, undefined before the search. */
  updated: TargetObject | null | undefined
  readonly #record: SourceRecord
  readonly #context: EvaluationContext
  #frame: Frame | undefined
  /** The target attribute that is being evaluated. */
  #asking: string | undefined
  #results: (Result | undefined)[]
  /** The results of the matching attributes, if everything was evaluated in one run. */
  #early: readonly Result[] | undefined
  #matchKeys: readonly MatchKey[] | undefined
  /** The result of the guard, if everything was evaluated in one run. */
  #guard: boolean | undefined

  constructor(
    compiled: MappingPlan,
    record: SourceRecord,
    request: MapRequest,
    context: EvaluationContext,
    source: SourceState,
  ) {
    this.compiled = compiled
    this.#record = record
    this.#context = this.#lookingUp(request, context)
    this.source = source
    this.updated = undefined
    this.#frame = undefined
    this.#asking = undefined
    this.#matchKeys = undefined
    this.#guard = undefined
    this.#early = undefined
    this.#results = []
  }

  /** The context in which SelectUniqueValue asks what the request knows about the target. */
  #lookingUp({ isTaken, findTargets }: MapRequest, context: EvaluationContext): EvaluationContext {
    // A mapping that can be evaluated at once has no SelectUniqueValue.
    if (this.compiled.atOnce) return context
    const record = this.#record
    if (isTaken !== undefined)
      return { ...context, isTaken: (value) => isTaken({ value, attribute: this.#asking, record }) }
    return findTargets === undefined || context.isTaken !== undefined
      ? context
      : { ...context, isTaken: (value) => this.#isInTarget(findTargets, value) }
  }

  /** Whether another object of the target has a value; the search by a matching attribute takes any value. */
  #isInTarget(findTargets: FindTargets, value: string): boolean {
    if (this.updated === undefined || this.#asking === undefined) return false
    return isTakenInTarget(findTargets, this.#asking, value, this.updated ?? undefined)
  }

  /** Stores the results of a run of the whole unit: those of the matching attributes, and all. */
  take(early: readonly Result[], results: Result[] | null | EvaluationError): void {
    // A failed guard is evaluated again, with the frame that its explanation needs.
    if (results instanceof EvaluationError) return
    this.#early = early
    this.#guard = results !== null
    if (results !== null) this.#results = results
  }

  #open(): Frame {
    this.#frame ??= this.compiled.plan.open(this.#record, this.#context, this.source !== 'active')
    return this.#frame
  }

  /** The result of an attribute mapping, by its index in the object mapping. */
  result(index: number): Result {
    const known = this.#results[index]
    return known !== undefined ? known : this.#find(index)
  }

  #find(index: number): Result {
    const attribute = this.compiled.attributes[index]
    const evaluate = this.compiled.plan.roots[index]
    if (attribute === undefined || evaluate === undefined) throw new RangeError(`no attribute ${index}`)
    this.#asking = attribute.mapping.targetAttributeName
    const result = attribute.failure ?? evaluate(this.#open())
    this.#results[index] = result
    return result
  }

  /** The result of a matching attribute, by its index in the object mapping and among the matching ones. */
  #searched(index: number, at: number): Result {
    const early = this.#early?.[at]
    return early === undefined ? this.result(index) : early
  }

  /** The decision that an evaluated result flows unchanged. */
  flowing(index: number): FlowDecision {
    return { flows: true, value: this.found(index), origin: 'source' }
  }

  /** The value of an attribute that was evaluated. */
  found(index: number): Value {
    return this.#results[index] as Value
  }

  /** Whether the matching attributes have a value to search for. `failed`: an expression failed. */
  searches(): 'some' | 'none' | 'failed' {
    return searchesOf(this.#early ?? this.compiled.matching.map((index) => this.result(index)))
  }

  /** The searched values in the target, in the order of the searches. A failed expression gives no value. */
  matchKeys(): readonly MatchKey[] {
    this.#matchKeys ??= this.#makeMatchKeys()
    return this.#matchKeys
  }

  #makeMatchKeys(): readonly MatchKey[] {
    const { matching, attributes } = this.compiled
    const keys = matching.flatMap((index, at): MatchKey | readonly [] => {
      const attribute = attributes[index]
      if (attribute === undefined) return []
      const { mapping, matchQuery } = attribute
      const { targetAttributeName, matchingPriority } = mapping
      const value = searchValue(this.#searched(index, at))
      const query = isSearched(value) ? matchQuery(value) : null
      return { targetAttribute: targetAttributeName, matchingPriority, value, query }
    })
    return keys.length > 1 ? orderMatchKeys(keys) : keys
  }

  /** Whether the object passes all filters. */
  guard(): boolean | EvaluationError {
    return this.#guard ?? this.compiled.plan.guard(this.#open())
  }

  /** Whether the input and category filters let the source read the object. */
  isRead(): boolean {
    const { reads } = this.compiled
    return (
      reads === undefined ||
      reads.guard(reads.open(this.#record, this.#context, this.source !== 'active')) === true
    )
  }

  explainScope(): FilterExplanation {
    return this.#reading(this.compiled.explainScope)
  }

  decideScope(): ScopeDecision {
    return this.#reading(this.compiled.decideScope)
  }

  /** An object that cannot be read a second time is explained as one without attributes. */
  #reading<Found>(explain: (read: (name: string) => Value) => Found): Found {
    try {
      return explain((name) => this.#attributeForFilter(name))
    } catch {
      return explain(() => null)
    }
  }

  /**
   * The value that a filter sees: a supplied attribute as computed before scoping, any other as in the
   * object.
   */
  #attributeForFilter(name: string): Value {
    const { inputs } = this.compiled
    const index = inputs.findIndex((input) => input.name === name)
    if (index < 0) return readAttribute(this.#record, name)
    return inputs[index]?.supplied !== undefined
      ? supplyAttribute(name, this.#record, this.source !== 'active')
      : this.compiled.plan.input(this.#open(), index)
  }

  /** From now on the object counts as soft-deleted, unless its own attribute says otherwise. */
  markInactive(): void {
    const index = this.compiled.inputs.findIndex(({ supplied }) => supplied === 'isSoftDeleted')
    if (index < 0) return
    // The matching values were evaluated before.
    this.matchKeys()
    this.compiled.plan.change(this.#open(), index, supplyAttribute(softDeletedAttribute, this.#record, true))
    this.#results = []
    this.#early = undefined
  }
}

/** Whether the results of the matching attributes have a value to search for, or one of them is an error. */
export const searchesOf = (results: readonly Result[]): 'some' | 'none' | 'failed' => {
  let some = results.length === 0
  for (const result of results) {
    if (result instanceof EvaluationError) return 'failed'
    if (isSearched(searchValue(result))) some = true
  }
  return some ? 'some' : 'none'
}

/** Whether the target can be searched for a value. */
const isSearched = (value: Value): boolean => value !== null && value !== ''

/** The value of a matching attribute: for a list, its only element. A failed expression gives none. */
const searchValue = (result: Result): Value => {
  if (typeof result === 'string') return result
  if (result instanceof EvaluationError || result instanceof FlowMarker) return null
  if (!isList(result)) return result
  const elements = result.filter(isSearched)
  return elements.length === 1 ? (elements[0] ?? null) : null
}
