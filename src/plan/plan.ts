import type { Unit } from '../ir/unit.js'
import type { EvaluationContext } from '../values/context.js'
import { EvaluationError, toEvaluationError } from '../values/fault.js'
import type { Result } from '../values/outcome.js'
import type { Value } from '../values/value.js'
import { ClosureBuilder, type Evaluate, type Instrument } from './closures.js'
import { Escape } from './escape.js'
import { type Frame, readAttribute, type SourceRecord } from './frame.js'

/** A unit ready to be evaluated for any number of objects. */
export interface Plan {
  readonly unit: Unit
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

/** Computes a supplied input for an object. */
export type Supply = (name: string, record: SourceRecord) => Value

/** What an instrumented plan is built with. */
export interface PlanOptions {
  readonly instrument?: Instrument
}

/** Plans a unit with the closure backend. */
export const planUnit = (unit: Unit, options: PlanOptions = {}): Plan => {
  const builder = new ClosureBuilder({
    inputCount: unit.inputs.length,
    shared: unit.shared,
    ...(options.instrument === undefined ? {} : { instrument: options.instrument }),
  })
  const guard = unit.guard === undefined ? undefined : asRoot(builder.build(unit.guard), 'guard')
  return {
    unit,
    open: (record, context, supply) => ({
      values: unit.inputs.map(({ name, supplied }) =>
        supplied && supply !== undefined ? supply(name, record) : readAttribute(record, name),
      ),
      context,
    }),
    guard: (frame) => {
      if (guard === undefined) return true
      const found = guard(frame)
      return found instanceof EvaluationError ? found : found === true
    },
    roots: unit.roots.map(({ name, node }) => asRoot(builder.build(node), name)),
  }
}

/** Catches what an evaluation throws: an escaping marker is a result, a fault becomes an error. */
const asRoot =
  (evaluate: Evaluate, name: string): ((frame: Frame) => Result) =>
  (frame) => {
    try {
      return evaluate(frame)
    } catch (thrown) {
      if (thrown instanceof Escape) return thrown.marker
      return toEvaluationError(thrown, name === 'result' ? undefined : name)
    }
  }
