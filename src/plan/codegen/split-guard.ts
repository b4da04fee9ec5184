import { operandsOf } from '../../ir/children.js'
import type { IrNode, LogicNode } from '../../ir/node.js'
import type { Unit } from '../../ir/unit.js'

/** How many nodes of the IR a node has, with the shared computations it uses. */
export const sizeOf = (node: IrNode, unit: Unit): number =>
  operandsOf(node).reduce(
    (sum, operand) => sum + sizeOf(operand, unit),
    node.op === 'shared' ? sizeOf(unit.shared[node.index]!, unit) : 1,
  )

/**
 * Groups the operands of conjunctions and disjunctions so that none is larger than a number of nodes, but for operands
 * that are by themselves. The meaning stays: both are associative, also in which fault they end with.
 * @param parts takes the groups that were made, and the conjunctions and disjunctions among the operands: each is to
 *   become a function of its own
 */
export const splitLogic = (node: IrNode, unit: Unit, largest: number, parts: Set<IrNode>): IrNode => {
  if (node.op !== 'logic' || sizeOf(node, unit) <= largest) return node
  const operands = node.operands.map((operand) => splitLogic(operand, unit, largest, parts))
  for (const operand of operands) if (operand.op === 'logic') parts.add(operand)
  const groups: IrNode[][] = [[]]
  let size = 0
  for (const operand of operands) {
    // What is a function of its own costs a call here.
    const own = parts.has(operand) ? 1 : sizeOf(operand, unit)
    if (size > 0 && size + own > largest) {
      groups.push([])
      size = 0
    }
    groups.at(-1)!.push(operand)
    size += own
  }
  if (groups.length === 1) return { ...node, operands }
  const grouped = groups.map((group): IrNode => {
    const [only] = group
    if (group.length === 1) return only!
    const made: LogicNode = { ...node, operands: group }
    parts.add(made)
    return made
  })
  return { ...node, operands: grouped }
}
