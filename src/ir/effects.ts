import { everyOperand } from './children.js'
import type { IrNode } from './node.js'

/** Whether evaluating the node always gives the same for the same object, so that it may be shared or moved. */
export const isPure = (node: IrNode): boolean => isPureItself(node) && everyOperand(node, isPure)

/** As {@link isPure}, apart from the operands. */
export const isPureItself = (node: IrNode): boolean =>
  node.op === 'call' ? node.callee.purity === 'pure' : node.op !== 'selectUnique'

/** Whether evaluating the node can neither fail nor leave the root by a marker, so that it may be dropped. */
export const isTotal = (node: IrNode): boolean => {
  switch (node.op) {
    case 'fail':
    case 'escape':
    case 'selectUnique':
    case 'compare':
    case 'test':
    case 'switch':
    case 'shared':
      return false
    case 'call':
      return node.callee.errors.length === 0 && node.callee.purity === 'pure' && everyOperand(node, isTotal)
    default:
      return everyOperand(node, isTotal)
  }
}
