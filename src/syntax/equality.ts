import type { SyntaxNode } from './ast.js'
import { childrenOf } from './walk.js'

/** Distinguishes a node from others with the same children. Two notations of a number differ. */
const ownPart = (node: SyntaxNode): string => {
  switch (node.type) {
    case 'StringLiteral':
      return node.value
    case 'IntegerLiteral':
    case 'DecimalLiteral':
      return node.text
    case 'AttributeReference':
    case 'Placeholder':
    case 'Name':
    case 'FunctionCall':
      return node.name
    case 'Comparison':
      return node.operator
    default:
      return ''
  }
}

/** Whether two trees are the same apart from their positions in a text. */
export const sameSyntax = (a: SyntaxNode, b: SyntaxNode): boolean => {
  if (a.type !== b.type || ownPart(a) !== ownPart(b)) return false
  const left = childrenOf(a)
  const right = childrenOf(b)
  return (
    left.length === right.length &&
    left.every((child, i) => {
      const other = right[i]
      return other !== undefined && sameSyntax(child, other)
    })
  )
}
