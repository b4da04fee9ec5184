import type { IrNode, Yield } from '../ir/node.js'
import type { Value } from '../values/value.js'
import type { Frame } from './frame.js'

/** Evaluates a node for the object of a frame. Throws faults and escaping markers, which roots catch. */
export type Evaluate = (frame: Frame) => Yield

/**
 * How a closure gets an operand: from the closure that evaluates it or, for inputs and constants, from its
 * index in the frame's values. That saves a call, and calls are most of the cost of closures.
 */
export type Operand<Result = Yield> = number | ((frame: Frame) => Result)

/**
 * Creates the operand of a node. In an instrumented plan it is always a closure, so that every operand is
 * seen.
 */
export type BuildOperand = (node: IrNode) => Operand

/** The value of an operand. */
export const operandValue = <Result>(operand: Operand<Result>, frame: Frame): Result | Yield =>
  typeof operand === 'number' ? frame.values[operand]! : operand(frame)

/** The value of an operand that cannot be a marker: arguments and compared values are always values here. */
export const argumentValue = operandValue as (operand: Operand, frame: Frame) => Value
