import { DotnetFailure } from '../failure.js'
import { isNullable, type RegexNode } from './ast.js'

/** The conditionals with which a match can begin. */
const leadingConditionals = (
  node: RegexNode,
): readonly (RegexNode & { readonly yes: RegexNode; readonly no: RegexNode })[] => {
  switch (node.type) {
    case 'conditional':
    case 'groupConditional':
      return [node]
    case 'concat': {
      const firstConsuming = node.items.findIndex((item) => !isNullable(item))
      const leading = firstConsuming < 0 ? node.items : node.items.slice(0, firstConsuming + 1)
      return leading.flatMap(leadingConditionals)
    }
    case 'alternation':
      return node.items.flatMap(leadingConditionals)
    case 'capture':
    case 'atomic':
    case 'loop':
      return leadingConditionals(node.body)
    default:
      return []
  }
}

/**
 * Refuses patterns that versions of .NET read differently: if a match can begin with a conditional without an
 * alternative, some versions look for its first branch only and miss the matches in which the condition
 * fails.
 * @throws DotnetFailure `unsupported`
 */
export const refuseAmbiguous = (root: RegexNode): void => {
  for (const { yes, no, start, end } of leadingConditionals(root)) {
    // A written alternative, even an empty one, precedes the closing parenthesis.
    if (no.start === end && !isNullable(yes)) {
      throw new DotnetFailure(
        'unsupported',
        'Versions of .NET disagree on a match that begins with a conditional without an alternative; add one, even an empty one',
        start,
        end,
      )
    }
  }
}
