import type { SuppliedInput } from '../values/supplied.js'
import type { IrNode } from './node.js'

/** A named result of a unit. */
export interface Root {
  /** The target attribute, or `result` for a single expression. */
  readonly name: string
  readonly node: IrNode
}

/** An attribute that a unit reads. */
export interface UnitInput {
  readonly name: string
  /** How it is computed if the object does not have it, as for `IsSoftDeleted`; undefined for all others. */
  readonly supplied: SuppliedInput | undefined
}

/**
 * The unit of compilation: inputs, an optional guard that decides the scope, and roots. A single expression
 * is a unit with one root; an object mapping is one with a root for each target attribute. Passes and both
 * backends work on a whole unit, so that nothing is computed twice across attributes.
 */
export interface Unit {
  /** The inputs, in the order of the indexes of input nodes. */
  readonly inputs: readonly UnitInput[]
  /** Computations shared between roots, in an order in which each only uses earlier ones. */
  readonly shared: readonly IrNode[]
  /** Yields a Boolean: whether the roots are evaluated at all. */
  readonly guard: IrNode | undefined
  readonly roots: readonly Root[]
  /**
   * The indexes of the roots that are evaluated before the guard, also for objects out of scope: the matching
   * values are needed in either case. Default: none.
   */
  readonly early?: readonly number[]
}

/** A computation that several places share, by its index. */
export const sharedNode = ({ shared }: Unit, index: number): IrNode => {
  const node = shared[index]
  if (node === undefined) throw new RangeError(`the unit shares no node ${index}`)
  return node
}
