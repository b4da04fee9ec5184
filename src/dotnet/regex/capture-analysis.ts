import { isNullable, type RegexNode, some } from './ast.js'

/**
 * Whether the node tries an empty match last, if it has one. Then it does not matter that .NET accepts an
 * empty iteration and leaves the loop where JavaScript rejects the iteration.
 */
export const isEmptyLast = (node: RegexNode): boolean => {
  if (!isNullable(node)) return true
  switch (node.type) {
    case 'loop':
      return !node.lazy && isEmptyLast(node.body)
    case 'alternation':
      return node.items.every((item, i) =>
        i === node.items.length - 1 ? isEmptyLast(item) : !isNullable(item),
      )
    case 'concat':
      return node.items.every(isEmptyLast)
    case 'capture':
      return isEmptyLast(node.body)
    case 'conditional':
    case 'groupConditional':
      return false
    default:
      return true
  }
}

/** The groups that have always captured once the node has matched. */
export const surelySet = (node: RegexNode): Set<number> => {
  switch (node.type) {
    case 'concat':
      return new Set(node.items.flatMap((item) => [...surelySet(item)]))
    case 'alternation': {
      const [first, ...others] = node.items.map(surelySet)
      return new Set([...first!].filter((group) => others.every((other) => other.has(group))))
    }
    case 'capture':
      return surelySet(node.body).add(node.group)
    case 'loop':
      return node.min > 0 ? surelySet(node.body) : new Set()
    case 'atomic':
      return surelySet(node.body)
    case 'look':
      return node.negative ? new Set() : surelySet(node.body)
    default:
      return new Set()
  }
}

/** The groups that the node captures into. */
export const capturedGroups = (node: RegexNode, into: Set<number> = new Set()): Set<number> => {
  some(node, (inner) => {
    if (inner.type === 'capture') into.add(inner.group)
    return false
  })
  return into
}

/** The groups that backreferences name. */
export const referencedGroups = (root: RegexNode): Set<number> => {
  const groups = new Set<number>()
  some(root, (node) => {
    if (node.type === 'backreference') groups.add(node.group)
    return false
  })
  return groups
}
