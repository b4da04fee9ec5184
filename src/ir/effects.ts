import { reduceOperands } from './children.js'
import type { IrNode } from './node.js'

/** Whether the node always has the same value for the same object, so that it may be shared or moved. */
export const isPure = (node: IrNode): boolean => reduceOperands(node, isPureItself(node), andPure)

const andPure = (all: boolean, operand: IrNode): boolean => all && isPure(operand)

/** Like {@link isPure}, ignoring the operands. */
export const isPureItself = (node: IrNode): boolean =>
  node.op === 'call' ? node.callee.purity === 'pure' : node.op !== 'selectUnique'

/**
 * Whether evaluating the node again in the same context gives the same result and makes no look-up of unique
 * values.
 */
export const isRepeatable = (node: IrNode): boolean =>
  reduceOperands(
    node,
    node.op === 'call' ? node.callee.purity !== 'volatile' : node.op !== 'selectUnique',
    andRepeatable,
  )

const andRepeatable = (all: boolean, operand: IrNode): boolean => all && isRepeatable(operand)

/** Whether the node can neither fail nor yield a marker for the root, so that it may be dropped. */
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
    case 'call': {
      const { errors, purity } = node.callee
      return reduceOperands(node, errors.length === 0 && purity === 'pure', andTotal)
    }
    default:
      return reduceOperands(node, true, andTotal)
  }
}

const andTotal = (all: boolean, operand: IrNode): boolean => all && isTotal(operand)
