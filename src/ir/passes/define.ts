import { mapOperands, mapUnit } from '../children.js'
import type { IrNode } from '../node.js'
import type { Unit } from '../unit.js'

/** A rewriting of units that preserves their meaning: values, outcomes, error codes, order of volatile calls. */
export interface Pass {
  readonly name: string
  /** One sentence: what it does. */
  readonly doc: string
  /** Expressions before, and the unit printed after the pass; a test runs every one. */
  readonly examples: readonly { readonly before: string; readonly after: string }[]
  readonly run: (unit: Unit) => Unit
}

/** Declares a pass. */
export const definePass = (pass: Pass): Pass => pass

/** A pass that rewrites nodes one by one, operands first. What it leaves as it is stays the same object. */
export const rewriteNodes = (rewrite: (node: IrNode) => IrNode): ((unit: Unit) => Unit) => {
  const visit = (node: IrNode): IrNode => rewrite(mapOperands(node, visit))
  return (unit) => mapUnit(unit, visit)
}
