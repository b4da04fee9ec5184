import { type RegexNode, some } from '../dotnet/regex/ast.js'
import type { CharacterSet } from '../dotnet/regex/character-set.js'
import { isAnchored } from '../dotnet/regex/complexity.js'
import type { Regex } from '../dotnet/regex/regex.js'
import { regexOf } from '../functions/transfer.js'

/** The named groups of the pattern. */
export const writtenGroups = (regex: Regex): readonly string[] =>
  regex.groupNames.filter((name) => !/^\d+$/.test(name))

/** Whether matches are anchored at the start or end of the text, so that there are few. */
export const isAnchoredPattern = (root: RegexNode): boolean =>
  isAnchored(root) || some(root, (node) => node.type === 'anchor')

/** Whether a match can end before the end of the text: it ends neither at an anchor nor in an open repeat. */
export const leavesTail = (pattern: string): boolean => {
  const regex = regexOf(pattern)
  return regex !== undefined && !reachesEnd(regex.ast)
}

const reachesEnd = (node: RegexNode): boolean => {
  switch (node.type) {
    case 'anchor':
      return node.kind === 'end' || node.kind === 'endOrNewline' || node.kind === 'lineEnd'
    case 'loop':
      return node.max === Number.POSITIVE_INFINITY && node.body.type === 'set' && isWide(node.body.set)
    case 'concat': {
      const last = node.items.at(-1)
      return last !== undefined && reachesEnd(last)
    }
    case 'alternation':
      return node.items.every(reachesEnd)
    case 'capture':
    case 'atomic':
      return reachesEnd(node.body)
    default:
      return false
  }
}

/** Whether a set contains letters, digits and blanks. */
const isWide = (set: CharacterSet): boolean => ['a', '0', ' '].every((one) => set.has(one.charCodeAt(0)))
