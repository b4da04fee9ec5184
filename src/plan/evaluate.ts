import type { Yield } from '../ir/node.js'
import type { Frame } from './frame.js'

/** Evaluates a node for the object of a frame. Throws faults and escaping markers, which roots catch. */
export type Evaluate = (frame: Frame) => Yield
