import type { ScopeDecision } from '../filter/decide.js'
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

const supplyActive: Supply = (name, record) => supplyAttribute(name, record, false)
const supplyInactive: Supply = (name, record) => supplyAttribute(name, record, true)

/**
 * The evaluation of a mapping's unit for one object: each root at most once, whatever asks for it. Where the mapping
 * and the request allow it, guard and roots are evaluated in one go; otherwise root by root, as they are asked for.
 */
export class ObjectEvaluation {
  readonly source: SourceState
  readonly #compiled: CompiledObjectMapping
  readonly #record: SourceRecord
  readonly #context: EvaluationContext
  readonly #supply: Supply
  #opened: Frame | undefined
  /** The target attribute whose value is being found. */
  #asking: string | undefined
  #results: (Result | undefined)[]
  /** What the guard said when everything was evaluated in one go. */
  #guard: boolean | undefined

  constructor(compiled: CompiledObjectMapping, record: SourceRecord, request: MapRequest) {
    this.#compiled = compiled
    this.#record = record
    const { isTaken } = request
    const context = contextFrom(request.context, compiled.settings)
    this.#context =
      isTaken === undefined
        ? context
        : { ...context, isTaken: (value) => isTaken({ value, attribute: this.#asking, record }) }
    this.source = request.source ?? sourceStateOf(record)
    this.#supply = this.source === 'active' ? supplyActive : supplyInactive
    this.#results = mayEvaluateAtOnce(compiled, request, this.source) ? this.#evaluateAll() : []
  }

  #evaluateAll(): (Result | undefined)[] {
    const row = this.#compiled.plan.run(this.#record, this.#context, this.#supply)
    if (row === null) this.#guard = false
    // A guard that failed is evaluated anew, with the frame that its explanation needs.
    if (row === null || row instanceof EvaluationError) return []
    this.#guard = true
    return Object.values(row)
  }

  get #frame(): Frame {
    this.#opened ??= this.#compiled.plan.open(this.#record, this.#context, this.#supply)
    return this.#opened
  }

  /** The result of an attribute mapping, by its place in the object mapping. */
  result(index: number): Result {
    const { failure, mapping } = this.#compiled.attributes[index]!
    const known = failure ?? this.#results[index]
    if (known !== undefined) return known
    this.#asking = mapping.targetAttributeName
    const result = this.#compiled.plan.roots[index]!(this.#frame)
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
    return this.#guard ?? this.#compiled.plan.guard(this.#frame)
  }

  /** Whether the input and category filters let the source read the object. */
  isRead(): boolean {
    const { reads } = this.#compiled
    return reads === undefined || reads.guard(reads.open(this.#record, this.#context, this.#supply)) === true
  }

  explainScope(): FilterExplanation {
    return this.#compiled.explainScope((name) => this.#attributeForFilter(name))
  }

  decideScope(): ScopeDecision {
    return this.#compiled.decideScope((name) => this.#attributeForFilter(name))
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
    this.#results = []
  }
}

/**
 * Nothing but the guard keeps an active object from having all its roots evaluated when it is created, or updated
 * by a mapping whose attributes never stay as they are unseen.
 */
const mayEvaluateAtOnce = (
  { atOnce, someStay }: CompiledObjectMapping,
  { operation, linked, findTargets }: MapRequest,
  source: SourceState,
): boolean => {
  if (!atOnce || source !== 'active') return false
  const creates = operation === 'create' || (operation === undefined && !linked && !findTargets)
  return creates || !someStay
}

const single = (value: Value): Value => {
  if (!isList(value)) return value
  const elements = value.filter((element) => element !== null && element !== '')
  return elements.length === 1 ? elements[0]! : null
}
