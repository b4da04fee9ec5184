import type { FilterExplanation } from '../filter/explain.js'
import type { Frame, Supply } from '../plan/frame.js'
import { contextFrom, type EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import { FlowMarker } from '../values/marker.js'
import type { Result } from '../values/outcome.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { isList, type Value } from '../values/value.js'
import type { CompiledObjectMapping } from './compile-object-mapping.js'
import type { SourceState } from './deprovision.js'
import type { MapRequest } from './mapped-object.js'
import { type MatchKey, orderMatchKeys } from './match.js'
import { softDeletedAttribute, sourceStateOf, supplyAttribute } from './source-state.js'

/** The evaluation of a mapping's unit for one object: each root at most once, whatever asks for it. */
export class ObjectEvaluation {
  readonly #compiled: CompiledObjectMapping
  readonly #record: SourceRecord
  readonly #context: EvaluationContext
  readonly #supply: Supply
  readonly #frame: Frame
  #source: SourceState | undefined
  readonly #results: (Result | undefined)[]

  constructor(compiled: CompiledObjectMapping, record: SourceRecord, request: MapRequest) {
    this.#compiled = compiled
    this.#record = record
    this.#context = contextFrom(request.context, compiled.settings)
    this.#source = request.source
    this.#supply = (name) => supplyAttribute(name, record, this.source !== 'active')
    this.#frame = compiled.plan.open(record, this.#context, this.#supply)
    this.#results = new Array<Result | undefined>(compiled.attributes.length)
  }

  /** The state of the object in the source; looked up when something depends on it. */
  get source(): SourceState {
    this.#source ??= sourceStateOf(this.#record)
    return this.#source
  }

  /** The result of an attribute mapping, by its place in the object mapping. */
  result(index: number): Result {
    const known = this.#results[index]
    if (known !== undefined) return known
    const result = this.#compiled.attributes[index]!.failure ?? this.#compiled.plan.roots[index]!(this.#frame)
    this.#results[index] = result
    return result
  }

  /** What is searched in the target, in the order of the searches. A failed expression gives no value. */
  matchKeys(): readonly MatchKey[] {
    const keys = this.#compiled.matching.map((index): MatchKey => {
      const { mapping, matchQuery } = this.#compiled.attributes[index]!
      const { targetAttributeName, matchingPriority } = mapping
      const result = this.result(index)
      const value = result instanceof EvaluationError || result instanceof FlowMarker ? null : single(result)
      const query = value !== null && value !== '' ? matchQuery(value) : null
      return { targetAttribute: targetAttributeName, matchingPriority, value, query }
    })
    return keys.length > 1 ? orderMatchKeys(keys) : keys
  }

  /** Whether the object passes all filters. */
  guard(): boolean | EvaluationError {
    return this.#compiled.plan.guard(this.#frame)
  }

  /** Whether the input and category filters let the source read the object. */
  isRead(): boolean {
    const { reads } = this.#compiled
    return reads === undefined || reads.guard(reads.open(this.#record, this.#context, this.#supply)) === true
  }

  explainScope(): FilterExplanation {
    return this.#compiled.explainScope((name) => this.#attributeForFilter(name))
  }

  /** The value a filter sees: a supplied attribute as computed before scoping, any other as carried. */
  #attributeForFilter(name: string): Value {
    const index = this.#compiled.unit.inputs.findIndex((input) => input.name === name)
    if (index < 0) return readAttribute(this.#record, name)
    return this.#compiled.unit.inputs[index]!.supplied
      ? supplyAttribute(name, this.#record, this.source !== 'active')
      : (this.#frame.values[index] as Value)
  }

  /** From now on the object reads as soft-deleted, unless the source says otherwise itself. */
  markInactive(): void {
    const { inputs, shared } = this.#compiled.unit
    const index = inputs.findIndex(({ name, supplied }) => supplied && name === softDeletedAttribute)
    if (index < 0) return
    this.#frame.values[index] = supplyAttribute(softDeletedAttribute, this.#record, true)
    // Whatever has been computed from it is computed anew; the constants behind it stay.
    this.#frame.values.fill(undefined, inputs.length, inputs.length + shared.length)
    this.#results.fill(undefined)
  }
}

const single = (value: Value): Value => {
  if (!isList(value)) return value
  const elements = value.filter((element) => element !== null && element !== '')
  return elements.length === 1 ? elements[0]! : null
}
