import { isTotal } from '../ir/effects.js'
import type { IrNode } from '../ir/node.js'
import type { Unit } from '../ir/unit.js'
import type { EvaluationContext } from '../values/context.js'
import { EvaluationError } from '../values/fault.js'
import type { Result } from '../values/outcome.js'
import { MARKER, overlaps } from '../values/static-type.js'
import { ClosureBuilder, type Instrument } from './closures.js'
import type { Evaluate } from './evaluate.js'
import { type Frame, frameOpener, type SourceRecord, type Supply } from './frame.js'
import { recover } from './recover.js'
import { takeStore } from './sites.js'

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
  const builder = new ClosureBuilder({
    inputCount: unit.inputs.length,
    shared: unit.shared,
    ...(instrument === undefined ? {} : { instrument }),
  })
  const open = frameOpener(unit.inputs, unit.shared.length)
  const guard = guardOf(unit, builder)
  const roots = unit.roots.map(({ name, node }) => rootOf(builder.build(node), node, name))
  const write = rowWriter(unit, roots)
  return {
    unit,
    open,
    guard,
    roots,
    run: (record, context, supply) => {
      const frame = open(record, context, supply)
      const inScope = guard(frame)
      if (inScope !== true) return inScope === false ? null : inScope
      return write(frame)
    },
  }
}

const guardOf = (unit: Unit, builder: ClosureBuilder): Plan['guard'] => {
  if (unit.guard === undefined) return () => true
  const evaluate = rootOf(builder.build(unit.guard), unit.guard, 'guard')
  return (frame) => {
    const found = evaluate(frame)
    return found instanceof EvaluationError ? found : found === true
  }
}

/** Writes the results of the roots into a new row, each at a site of its own. */
const rowWriter = (unit: Unit, roots: Plan['roots']): ((frame: Frame) => Row) => {
  const names = unit.roots.map(({ name }) => name)
  // Assigning to `__proto__` would set the prototype; such a name becomes an own member like any other.
  const stores = names.map((name) => (name in Object.prototype ? define : takeStore()))
  return (frame) => {
    const row: Row = {}
    for (let i = 0; i < roots.length; i++) stores[i]!(row, names[i]!, roots[i]!(frame))
    return row
  }
}

const define = (row: Record<string, unknown>, name: string, value: unknown): void => {
  Object.defineProperty(row, name, { value, writable: true, enumerable: true, configurable: true })
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
