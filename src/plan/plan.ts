import { operandsOf } from '../ir/children.js'
import { isTotal } from '../ir/effects.js'
import type { IrNode } from '../ir/node.js'
import type { Unit } from '../ir/unit.js'
import type { EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import type { Result } from '../values/outcome.js'
import { MARKER, overlaps } from '../values/static-type.js'
import { closureBuilder, type Instrument } from './closures.js'
import type { Evaluate } from './evaluate.js'
import { type Frame, type FrameReader, frameReader, type Supply } from './frame.js'
import { plainRecord, type SourceRecord } from './record.js'
import { recover } from './recover.js'
import { GROUP, internalised, makeRowConstructor, makeStoreGroup, type StoreGroup } from './sites.js'

/** A row: the result of every root, by its name, always in the same order and shape. */
export type Row = Record<string, Result>

/** A unit ready to be evaluated for any number of objects. */
export interface Plan {
  readonly unit: Unit
  /**
   * Evaluates the unit for one object: its row, null when the guard leaves it out, or the error of a guard that
   * failed. Faults of single roots are values of the row.
   */
  run(record: SourceRecord, context: EvaluationContext, supply?: Supply): Row | null | EvaluationError
  /**
   * Reads the attributes of an object. A frame serves one object, and one guard and set of roots. `supply`
   * computes the inputs that the object does not carry.
   */
  open(record: SourceRecord, context: EvaluationContext, supply?: Supply): Frame
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
  const build = closureBuilder({
    inputCount: unit.inputs.length,
    shared: unit.shared,
    instrument,
  })
  const reader = frameReader(unit.inputs, guardInputs(unit), unit.shared.length)
  const guard = guardOf(unit, build)
  const roots = unit.roots.map(({ name, node }) => rootOf(build(node), node, name))
  const open: Plan['open'] = (record, context, supply) => {
    const plain = plainRecord(record)
    const values = reader.create()
    reader.readGuard(plain, values, supply)
    reader.readRest(plain, values, supply)
    return { values, context }
  }
  return { unit, open, guard, roots, run: runner(unit, reader, guard, roots) }
}

/** How many of the first inputs the guard reads; whoever lowers a unit lowers the guard first. */
const guardInputs = (unit: Unit): number => {
  const last = (node: IrNode): number =>
    Math.max(
      node.op === 'input' ? node.index : -1,
      node.op === 'shared' ? last(unit.shared[node.index]!) : -1,
      ...operandsOf(node).map(last),
    )
  return unit.guard === undefined ? 0 : last(unit.guard) + 1
}

/** One pass over the unit: what only the roots need is not read for an object that is out of scope. */
const runner = (unit: Unit, reader: FrameReader, guard: Plan['guard'], roots: Plan['roots']): Plan['run'] => {
  const write = rowWriter(unit, roots)
  const inputCount = unit.inputs.length
  const resets = unit.shared.length > 0
  // One frame serves object after object; a run inside a run, through a look-up of the caller, makes its own.
  const values = reader.create()
  let busy = false
  const runIn = (frame: Frame, record: SourceRecord, supply: Supply | undefined): ReturnType<Plan['run']> => {
    const plain = plainRecord(record)
    if (resets) frame.values.fill(undefined, inputCount)
    reader.readGuard(plain, frame.values, supply)
    const inScope = guard(frame)
    if (inScope !== true) return inScope === false ? null : inScope
    reader.readRest(plain, frame.values, supply)
    return write(frame)
  }
  return (record, context, supply) => {
    if (busy) return runIn({ values: reader.create(), context }, record, supply)
    busy = true
    try {
      return runIn({ values, context }, record, supply)
    } finally {
      busy = false
    }
  }
}

const guardOf = (unit: Unit, build: (node: IrNode) => Evaluate): Plan['guard'] => {
  if (unit.guard === undefined) return () => true
  const evaluate = rootOf(build(unit.guard), unit.guard, 'guard')
  return (frame) => {
    const found = evaluate(frame)
    return found instanceof EvaluationError ? found : found === true
  }
}

/** Writes the results of the roots into a new row. */
const rowWriter = (unit: Unit, roots: Plan['roots']): ((frame: Frame) => Row) => {
  const [first] = unit.roots
  if (first !== undefined && unit.roots.length === 1) return singleWriter(first.name, roots[0]!)
  const names = unit.roots.map(({ name }) => internalised(name))
  if (names.some((name) => name in Object.prototype)) return definingWriter(names, roots)
  const groups: StoreGroup<Frame>[] = []
  for (let at = 0; at < names.length; at += GROUP) {
    groups.push(makeStoreGroup(names.slice(at, at + GROUP), roots.slice(at, at + GROUP)))
  }
  const RowConstructor = makeRowConstructor()
  return (frame) => {
    const row = new RowConstructor(false) as Row
    for (let i = 0; i < groups.length; i++) groups[i]!(row, frame)
    return row
  }
}

/** The row of a single expression: nothing that makes wide rows fast would pay. */
const singleWriter =
  (name: string, root: Plan['roots'][number]): ((frame: Frame) => Row) =>
  (frame) => ({ [name]: root(frame) })

/** Assigning to `__proto__` would set the prototype; defined, such a name is an own member like any other. */
const definingWriter =
  (names: readonly string[], roots: Plan['roots']): ((frame: Frame) => Row) =>
  (frame) => {
    const row: Row = {}
    names.forEach((name, index) => {
      const value = roots[index]!(frame)
      Object.defineProperty(row, name, { value, writable: true, enumerable: true, configurable: true })
    })
    return row
  }

/** Catches what an evaluation throws: an escaping marker is a result, a fault becomes an error. */
const rootOf = (evaluate: Evaluate, node: IrNode, name: string): ((frame: Frame) => Result) => {
  if (isTotal(node) && !overlaps(node.type, MARKER)) return evaluate
  return (frame) => {
    try {
      return evaluate(frame)
    } catch (thrown) {
      return recover(thrown, undefined, name === 'result' ? undefined : name)
    }
  }
}
