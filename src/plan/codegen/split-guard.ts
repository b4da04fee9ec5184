import { operandsOf } from '../../ir/children.js'
import type { IrNode, LogicNode } from '../../ir/node.js'
import { sharedNode, type Unit } from '../../ir/unit.js'

/** The number of IR nodes in a node, including the shared computations that it uses. */
export const sizeOf = (node: IrNode, unit: Unit): number =>
  operandsOf(node).reduce(
    (sum, operand) => sum + sizeOf(operand, unit),
    node.op === 'shared' ? sizeOf(sharedNode(unit, node.index), unit) : 1,
  )

/**
 * Groups the operands of conjunctions and disjunctions so that no group is larger than a number of nodes,
 * except for single operands that are. The meaning does not change: both operators are associative, and so is
 * the choice of the fault.
 * @param parts receives the new groups, and the conjunctions and disjunctions among the operands: each
 * becomes a separate function
 */
export const splitLogic = (node: IrNode, unit: Unit, largest: number, parts: Set<IrNode>): IrNode => {
  if (node.op !== 'logic' || sizeOf(node, unit) <= largest) return node
  const operands = node.operands.map((operand) => splitLogic(operand, unit, largest, parts))
  for (const operand of operands) if (operand.op === 'logic') parts.add(operand)
  const groups: IrNode[][] = [[]]
  let size = 0
  for (const operand of operands) {
    // A separate function costs only a call here.
    const own = parts.has(operand) ? 1 : sizeOf(operand, unit)
    if (size > 0 && size + own > largest) {
      groups.push([])
      size = 0
    }
    groups.at(-1)?.push(operand)
    size += own
  }
  if (groups.length === 1) return { ...node, operands }
  const grouped = groups.map((group): IrNode => {
    const [only] = group
    if (only !== undefined && group.length === 1) return only
    const made: LogicNode = { ...node, operands: group }
    parts.add(made)
    return made
  })
  return { ...node, operands: grouped }
}
