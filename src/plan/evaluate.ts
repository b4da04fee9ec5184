import type { IrNode, Yield } from '../ir/node.js'
import type { Value } from '../values/value.js'
import type { Frame } from './frame.js'

/** Evaluates a node for the object of a frame. Throws faults and escaping markers, which roots catch. */
export type Evaluate = (frame: Frame) => Yield

/**
 * How a closure gets at an operand: by what evaluates it, or, for inputs and constants, by the place where they stand
 * among the frame's values. That saves the call, and calls are most of what closures cost.
 */
export type Operand<Result = Yield> = number | ((frame: Frame) => Result)

/** Makes the operand of a node. In an instrumented plan it is always a closure, for all of them are to be seen. */
export type BuildOperand = (node: IrNode) => Operand

/** The value of an operand. */
export const operandValue = <Result>(operand: Operand<Result>, frame: Frame): Result | Yield =>
  typeof operand === 'number' ? frame.values[operand]! : operand(frame)

/** The value of an operand that is no marker: arguments and what is compared are values by the time they are asked for. */
export const argumentValue = operandValue as (operand: Operand, frame: Frame) => Value
