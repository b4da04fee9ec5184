import type { SyntaxNode } from './ast.js'

/** The nodes right below a node, in the order of the text; omitted arguments are among them. */
export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  switch (node.type) {
    case 'FunctionCall':
      return node.arguments
    case 'Comparison':
    case 'Concatenation':
      return [node.left, node.right]
    default:
      return []
  }
}

/**
 * Calls `enter` for a node and all nodes below it, outermost first; skips the nodes below one for which it
 * returns false.
 */
export const visit = (node: SyntaxNode, enter: (node: SyntaxNode) => unknown): void => {
  if (enter(node) === false) return
  for (const child of childrenOf(node)) visit(child, enter)
}
