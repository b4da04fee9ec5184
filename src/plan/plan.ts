import { operandsOf } from '../ir/children.js'
import { isPure, isTotal } from '../ir/effects.js'
import type { IrNode } from '../ir/node.js'
import type { Unit } from '../ir/unit.js'
import { internalised } from '../text/internalised.js'
import type { EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import type { Result } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import { MARKER, overlaps } from '../values/static-type.js'
import { type Closures, closuresOf, type Instrument } from './closures.js'
import type { Evaluate, Operand } from './evaluate.js'
import type { Frame, Supply } from './frame.js'
import { type FrameReader, frameReader } from './frame-reader.js'
import { recover } from './recover.js'
import { GROUP, makeRowConstructor, makeStoreGroup, type StoreGroup } from './sites.js'

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
  const closures = closuresOf({ inputCount: unit.inputs.length, shared: unit.shared, instrument })
  const reader = frameReader(unit.inputs, guardInputs(unit))
  const guard = guardOf(unit, closures)
  const targets = unit.roots.map((root) => targetOf(root, closures))
  const roots = targets.map(({ caught }) => caught)
  const open: Plan['open'] = (record, context, supply) => {
    const values = closures.values.slice()
    reader.readGuard(record, values, supply)
    reader.readRest(record, values, supply)
    return { values, context }
  }
  return { unit, open, guard, roots, run: runner(unit, closures, reader, guard, targets) }
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
const runner = (
  unit: Unit,
  closures: Closures,
  reader: FrameReader,
  guard: Plan['guard'],
  targets: readonly Target[],
): Plan['run'] => {
  const write = rowWriter(unit, targets)
  const from = unit.inputs.length
  const to = from + unit.shared.length
  // One frame serves object after object. It is gone while it is in use: a run inside a run, through a look-up of the
  // caller, makes its own, and so does the next after one that did not come to its end.
  let idle: Frame['values'] | undefined
  return (record, context, supply) => {
    const values = idle ?? closures.values.slice()
    idle = undefined
    for (let i = from; i < to; i++) values[i] = undefined
    const frame: Frame = { values, context }
    reader.readGuard(record, values, supply)
    const inScope = guard(frame)
    if (inScope !== true) {
      idle = values
      return inScope === false ? null : inScope
    }
    reader.readRest(record, values, supply)
    const row = write(frame)
    idle = values
    return row
  }
}

const guardOf = (unit: Unit, { build }: Closures): Plan['guard'] => {
  if (unit.guard === undefined) return () => true
  const evaluate = rootOf(build(unit.guard), unit.guard, 'guard')
  return (frame) => {
    const found = evaluate(frame)
    return found instanceof EvaluationError ? found : found === true
  }
}

/** Writes the results of the roots into a new row. */
const rowWriter = (unit: Unit, targets: readonly Target[]): ((frame: Frame) => Row) => {
  const names = unit.roots.map(({ name }) => internalised(name))
  const roots = targets.map(({ caught }) => caught)
  if (names.some((name) => name in Object.prototype)) return definingWriter(names, roots)
  const [name] = names
  if (names.length === 1) return singleWriter(name!, roots[0]!)
  const groups: StoreGroup[] = []
  for (let at = 0; at < names.length; at += GROUP) {
    const part = targets.slice(at, at + GROUP)
    const store: StoreGroup = (row, frame) => {
      for (let i = 0; i < part.length; i++) row[names[at + i]!] = part[i]!.caught(frame)
    }
    // Where one throws, all of the group are evaluated anew, one by one: none of them may notice.
    const operands = part.every(({ pure }) => pure)
      ? part.map(({ direct }) => direct)
      : part.map(({ direct, caught }) => (typeof direct === 'number' ? direct : caught))
    groups.push(makeStoreGroup(names.slice(at, at + GROUP), operands, store))
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
  (frame) => {
    const row: Row = {}
    row[name] = root(frame)
    return row
  }

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

/** How a root is evaluated. */
interface Target {
  /** May throw. */
  readonly direct: Operand
  /** Never throws for a user's fault. */
  readonly caught: (frame: Frame) => Result
  readonly pure: boolean
}

const targetOf = ({ name, node }: Unit['roots'][number], { build, operand }: Closures): Target => {
  // Inputs and constants are results as they are.
  const direct = node.op === 'input' || node.op === 'constant' ? operand(node) : build(node)
  if (typeof direct === 'number') return { direct, caught: (frame) => frame.values[direct]!, pure: true }
  return { direct, caught: rootOf(direct, node, name), pure: isPure(node) }
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
