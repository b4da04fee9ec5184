import { mapOperands, mapUnit } from '../children.js'
import type { IrNode } from '../node.js'
import type { Unit } from '../unit.js'

/**
 * A rewriting of units that preserves their meaning: values, outcomes, error codes and the order of volatile
 * calls.
 */
export interface Pass {
  readonly name: string
  /** One sentence: what it does. */
  readonly doc: string
  readonly run: (unit: Unit) => Unit
}

/** Declares a pass. */
export const definePass = (pass: Pass): Pass => pass

/** A pass that rewrites nodes one by one, operands first. Unchanged nodes stay the same objects. */
export const rewriteNodes = (rewrite: (node: IrNode) => IrNode): ((unit: Unit) => Unit) => {
  const visit = (node: IrNode): IrNode => rewrite(mapOperands(node, visit))
  return (unit) => mapUnit(unit, visit)
}
