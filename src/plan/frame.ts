import type { EvaluationContext } from '../values/context.js'
import { fromInput, type Value } from '../values/value.js'

/** The state of evaluating a unit for one object. */
export interface Frame {
  /** The inputs, then the shared computations as far as they have been needed. */
  readonly values: Value[]
  readonly context: EvaluationContext
}

/** An object of the source, as it comes out of JSON. */
export type SourceRecord = Readonly<Record<string, unknown>>

/** Reads one attribute. Own members only: `constructor` and `__proto__` are names like any other. */
export const readAttribute = (record: SourceRecord, name: string): Value =>
  Object.hasOwn(record, name) ? fromInput(record[name]) : null
