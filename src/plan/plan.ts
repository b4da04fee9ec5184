import { operandsOf } from '../ir/children.js'
import { isTotal } from '../ir/effects.js'
import type { IrNode } from '../ir/node.js'
import type { Unit } from '../ir/unit.js'
import type { EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import type { Result } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import { MARKER, overlaps } from '../values/static-type.js'
import type { Value } from '../values/value.js'
import { type Closures, closuresOf, type Instrument } from './closures.js'
import type { Evaluate } from './evaluate.js'
import type { Frame } from './frame.js'
import { type FrameReader, frameReader } from './frame-reader.js'
import { recover } from './recover.js'

/** The functions that evaluate a unit for any number of objects. */
export interface Evaluator {
  /**
   * Evaluates the unit for one object: the early roots, then the guard and, if it holds, all other roots.
   * @param early receives the results of the early roots, in the order of `unit.early`
   * @param inactive the value of a supplied `IsSoftDeleted` if the object does not have it. Default false.
   * @returns the result of every root in a new list; null if the guard is false; or the error of a failed
   * guard. The result of a root that fails is an EvaluationError.
   */
  run(
    record: SourceRecord,
    context: EvaluationContext,
    early: Result[],
    inactive?: boolean,
  ): Result[] | null | EvaluationError
  /** Reads the attributes of an object. A frame serves one object, one guard and one set of roots. */
  open(record: SourceRecord, context: EvaluationContext, inactive?: boolean): Frame
  /** The value of an input, by its index. */
  input(frame: Frame, index: number): Value
  /** Replaces the value of an input; computations that depend on it are computed again. */
  change(frame: Frame, index: number, value: Value): void
  /** Whether the object is in scope; an error means neither in nor out of scope. */
  guard(frame: Frame): boolean | EvaluationError
  /** One function for each root, in their order. They never throw for bad input. */
  readonly roots: readonly ((frame: Frame) => Result)[]
}

/** A unit ready to be evaluated for any number of objects. */
export interface Plan extends Evaluator {
  readonly unit: Unit
}

/** A backend: turns a unit into a plan. */
export type Backend = (unit: Unit) => Plan

/** The options of an instrumented plan. */
export interface PlanOptions {
  readonly instrument?: Instrument
}

/** Plans a unit with the closure backend. */
export const planUnit = (unit: Unit, options: PlanOptions = {}): Plan => {
  const { instrument } = options
  const closures = closuresOf({ inputCount: unit.inputs.length, shared: unit.shared, instrument })
  const reader = frameReader(unit.inputs, firstInputs(unit))
  const guard = guardOf(unit, closures)
  const roots = unit.roots.map((root) => rootOf(root, closures))
  const open: Plan['open'] = (record, context, inactive = false) => {
    const values = closures.values.slice()
    reader.readFirst(record, values, inactive)
    reader.readRest(record, values, inactive)
    return { values, context }
  }
  return {
    unit,
    run: runner(unit, closures, reader, guard, roots),
    open,
    input: (frame, index) => frame.values[index] as Value,
    change: ({ values }, index, value) => {
      values[index] = value
      // The shared computations follow the inputs; the constants follow those and stay.
      values.fill(undefined, unit.inputs.length, unit.inputs.length + unit.shared.length)
    },
    guard,
    roots,
  }
}

/** The number of first inputs that the guard and early roots read; lowering must put those first. */
const firstInputs = ({ guard, roots, shared, early = [] }: Unit): number => {
  const last = (node: IrNode): number =>
    Math.max(
      node.op === 'input' ? node.index : -1,
      node.op === 'shared' ? last(shared[node.index]!) : -1,
      ...operandsOf(node).map(last),
    )
  const first = [...(guard === undefined ? [] : [guard]), ...early.map((index) => roots[index]!.node)]
  return Math.max(-1, ...first.map(last)) + 1
}

/**
 * Runs the unit in one pass: inputs that only the other roots need are not read for an object out of scope.
 */
const runner = (
  unit: Unit,
  closures: Closures,
  reader: FrameReader,
  guard: Plan['guard'],
  roots: Plan['roots'],
): Plan['run'] => {
  const { early = [] } = unit
  const late = roots.map((_, index) => index).filter((index) => !early.includes(index))
  const from = unit.inputs.length
  const to = from + unit.shared.length
  // One frame is reused for all objects. It is not available while in use: a nested run (through a look-up of
  // the caller) creates its own, and so does the run after one that threw.
  let idle: Frame['values'] | undefined
  return (record, context, found, inactive = false) => {
    const values = idle ?? closures.values.slice()
    idle = undefined
    for (let i = from; i < to; i++) values[i] = undefined
    const frame: Frame = { values, context }
    reader.readFirst(record, values, inactive)
    for (let i = 0; i < early.length; i++) found[i] = roots[early[i]!]!(frame)
    const inScope = guard(frame)
    if (inScope !== true) {
      idle = values
      return inScope === false ? null : inScope
    }
    reader.readRest(record, values, inactive)
    const results = new Array<Result>(roots.length)
    for (let i = 0; i < early.length; i++) results[early[i]!] = found[i]!
    for (let i = 0; i < late.length; i++) results[late[i]!] = roots[late[i]!]!(frame)
    idle = values
    return results
  }
}

const guardOf = (unit: Unit, { build }: Closures): Plan['guard'] => {
  if (unit.guard === undefined) return () => true
  const evaluate = caught(build(unit.guard), unit.guard, 'guard')
  return (frame) => {
    const found = evaluate(frame)
    return found instanceof EvaluationError ? found : found === true
  }
}

const rootOf = (
  { name, node }: Unit['roots'][number],
  { build, operand }: Closures,
): Plan['roots'][number] => {
  // Inputs and constants are results without evaluation.
  const place = node.op === 'input' || node.op === 'constant' ? operand(node) : build(node)
  return typeof place === 'number' ? (frame) => frame.values[place]! : caught(place, node, name)
}

/** Catches exceptions of an evaluation: an escaping marker is a result, a fault becomes an error. */
const caught = (evaluate: Evaluate, node: IrNode, name: string): ((frame: Frame) => Result) => {
  if (isTotal(node) && !overlaps(node.type, MARKER)) return evaluate
  return (frame) => {
    try {
      return evaluate(frame)
    } catch (thrown) {
      return recover(thrown, undefined, name === 'result' ? undefined : name)
    }
  }
}
