import type { Yield } from '../ir/node.js'
import type { EvaluationContext } from '../values/context.js'

/** The state of evaluating a unit for one object. */
export interface Frame {
  /** The inputs; then the shared computations, undefined until they are needed; then constants. */
  readonly values: (Yield | undefined)[]
  readonly context: EvaluationContext
}
