import type { Yield } from '../ir/node.js'
import type { EvaluationContext } from '../values/context.js'
import type { SourceRecord } from '../values/record.js'
import type { Value } from '../values/value.js'

/** The state of evaluating a unit for one object. */
export interface Frame {
  /** The inputs; the shared computations as far as they have been needed, undefined until then; constants. */
  readonly values: (Yield | undefined)[]
  readonly context: EvaluationContext
}

/** Computes a supplied input for an object. */
export type Supply = (name: string, record: SourceRecord) => Value
