import { type RegexNode, some } from './ast.js'

/** Whether a node is a border: an anchor, or a group that can be one. */
const isBorder = (node: RegexNode | undefined): boolean =>
  node !== undefined &&
  (node.type === 'anchor' ||
    ((node.type === 'alternation' || node.type === 'capture' || node.type === 'look') &&
      some(node, ({ type }) => type === 'anchor')))

const items = (node: RegexNode): readonly RegexNode[] => (node.type === 'concat' ? node.items : [node])

/**
 * Whether the pattern is an alternation in which some alternatives have a border at one end only and others
 * lack it, as in `^a|b$`: the borders were probably meant for all of them.
 */
export const lopsidedAlternation = (root: RegexNode): boolean => {
  if (root.type !== 'alternation') return false
  const starts = root.items.map((item) => isBorder(items(item)[0]))
  const ends = root.items.map((item) => isBorder(items(item).at(-1)))
  const oneSided = starts.some((start, index) => start !== ends[index])
  const isMixed = (flags: readonly boolean[]): boolean => flags.includes(true) && flags.includes(false)
  return oneSided && (isMixed(starts) || isMixed(ends))
}
