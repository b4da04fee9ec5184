import { operandsOf } from '../ir/children.js'
import type { IrNode } from '../ir/node.js'
import type { Decision } from './coverage.js'

/** One branch of a decision in an expression. */
export interface Branch {
  readonly what: string
  readonly text: string
  /**
   * When it counts as reached: the node is evaluated, or its value differs from the text of its first
   * argument, or equals it.
   */
  readonly counted: 'evaluated' | 'changed' | 'kept'
  /** The node that is evaluated in this branch. */
  readonly node: IrNode
  /** The node that decides. */
  readonly of: IrNode
  readonly kind: Decision['kind']
}

const shorten = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ')
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain
}

/** The branches of an expression, in the order of its text. */
export const branchesOf = (root: IrNode, text: string): readonly Branch[] => {
  const found: Branch[] = []
  const textOf = ({ span }: IrNode): string => shorten(text.slice(span.start, span.end)) || 'nothing'
  const visit = (of: IrNode): void => {
    const add = (
      kind: Decision['kind'],
      what: string,
      node: IrNode,
      counted: Branch['counted'] = 'evaluated',
    ): void => {
      found.push({ what, text: textOf(node), node, of, kind, counted })
    }
    switch (of.op) {
      case 'conditional':
        add('conditional', 'IIF: when the condition holds', of.chosen)
        add('conditional', 'IIF: when it does not', of.otherwise)
        break
      case 'switch':
        for (const { key, value } of of.cases) add('switch', `Switch: the key ${textOf(key)}`, value)
        add('switch', 'Switch: the default', of.otherwise)
        break
      case 'coalesce':
        of.args.forEach((argument, index) => {
          if (index > 0) add('coalesce', `Coalesce: argument ${index + 1}`, argument)
        })
        break
      case 'selectUnique':
        of.candidates.forEach((candidate, index) => {
          if (index > 0) add('candidates', `SelectUniqueValue: candidate ${index + 1}`, candidate)
        })
        break
      case 'call':
        if (of.callee.keepsUnmatched !== true) break
        add('match', `${of.callee.name}: something is found`, of, 'changed')
        add('match', `${of.callee.name}: nothing is found`, of, 'kept')
        break
      default:
        break
    }
    for (const operand of operandsOf(of)) visit(operand)
  }
  visit(root)
  return found
}
