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

/** A unit ready to be evaluated for any number of objects. */
export interface Plan {
  readonly unit: Unit
  /**
   * Evaluates the unit for one object: the early roots, the guard and, when it passes the object, all other roots.
   * @param early takes the results of the early roots, in the order of `unit.early`
   * @param inactive what a supplied `IsSoftDeleted` is where the object does not carry it. Default false.
   * @returns the result of every root in a new list, null when the guard leaves the object out, or the error of a guard
   *   that failed. A root that fails has an EvaluationError as its result.
   */
  run(
    record: SourceRecord,
    context: EvaluationContext,
    early: Result[],
    inactive?: boolean,
  ): Result[] | null | EvaluationError
  /** Reads the attributes of an object. A frame serves one object, and one guard and set of roots. */
  open(record: SourceRecord, context: EvaluationContext, inactive?: boolean): Frame
  /** The value of an input, by its index. */
  input(frame: Frame, index: number): Value
  /** Gives an input another value; what was computed from it is computed anew. */
  change(frame: Frame, index: number, value: Value): void
  /** Whether the object is in scope; an error leaves it neither in nor out. */
  guard(frame: Frame): boolean | EvaluationError
  /** One function for each root, in their order. They never throw for a user's fault. */
  readonly roots: readonly ((frame: Frame) => Result)[]
}

/** A backend: makes a plan of a unit. */
export type Backend = (unit: Unit) => Plan

/** What an instrumented plan is built with. */
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
      // Behind the inputs stand the shared computations; the constants behind those stay.
      values.fill(undefined, unit.inputs.length, unit.inputs.length + unit.shared.length)
    },
    guard,
    roots,
  }
}

/** How many of the first inputs guard and early roots read; whoever lowers a unit lowers those first. */
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

/** One pass over the unit: what only the other roots need is not read for an object that is out of scope. */
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
  // One frame serves object after object. It is gone while it is in use: a run inside a run, through a look-up of the
  // caller, makes its own, and so does the next after one that did not come to its end.
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
  // Inputs and constants are results as they are.
  const place = node.op === 'input' || node.op === 'constant' ? operand(node) : build(node)
  return typeof place === 'number' ? (frame) => frame.values[place]! : caught(place, node, name)
}

/** Catches what an evaluation throws: an escaping marker is a result, a fault becomes an error. */
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
