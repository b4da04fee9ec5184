import type { Yield } from '../ir/node.js'
import type { EvaluationContext } from '../values/context.js'

/** The state of evaluating a unit for one object. */
export interface Frame {
  /** The inputs; the shared computations as far as they have been needed, undefined until then; constants. */
  readonly values: (Yield | undefined)[]
  readonly context: EvaluationContext
}
