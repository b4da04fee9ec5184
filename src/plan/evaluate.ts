import type { IrNode, Yield } from '../ir/node.js'
import type { Frame } from './frame.js'

/** Evaluates a node for the object of a frame. Throws faults and escaping markers, which roots catch. */
export type Evaluate = (frame: Frame) => Yield

/**
 * The index of an input that a closure may read from the frame itself, without calling the input's closure;
 * undefined for any other node, and for all nodes of an instrumented plan, in which every closure is seen.
 */
export type InputIndex = (node: IrNode) => number | undefined
