import type { RegexGroups, RegexNode } from './ast.js'
import { CharacterSet } from './character-set.js'

const itemsOf = (node: RegexNode): readonly RegexNode[] =>
  node.type === 'concat' ? node.items.flatMap(itemsOf) : [node]

/** `.` repeated any number of times, with or without a group around the dot. */
const isDotStar = (node: RegexNode): boolean => {
  if (node.type !== 'loop' || node.min !== 0 || node.max !== Number.POSITIVE_INFINITY || node.lazy)
    return false
  const body = node.body.type === 'capture' && node.body.releases < 0 ? node.body.body : node.body
  return body.type === 'set' && matchesAllButNewline(body.set)
}

const allButNewline = CharacterSet.of([0, 0x09, 0x0b, 0xffff])

const matchesAllButNewline = ({ ranges }: CharacterSet): boolean =>
  ranges.length === allButNewline.ranges.length && ranges.every((edge, i) => edge === allButNewline.ranges[i])

/** The text of nodes that are single characters; undefined when one is not, or is a line break. */
const literalText = (items: readonly RegexNode[]): string | undefined => {
  let text = ''
  for (const item of items) {
    if (item.type !== 'character' || item.code === 0x0a) return undefined
    text += String.fromCharCode(item.code)
  }
  return text === '' ? undefined : text
}

/**
 * For a pattern that is nothing but one group, made of a literal text and then `.*`: that text. Replacing the
 * group is then cutting the text off at it, up to the end of the line.
 */
export const groupTail = (root: RegexNode, groups: RegexGroups, groupName: string): string | undefined => {
  const items = itemsOf(root)
  const [only] = items
  if (items.length !== 1 || only?.type !== 'capture' || only.releases >= 0) return undefined
  const slot = groups.names.indexOf(groupName)
  if (slot <= 0 || only.group !== groups.numbers[slot]) return undefined
  const inner = itemsOf(only.body)
  const last = inner.at(-1)
  return last !== undefined && isDotStar(last) ? literalText(inner.slice(0, -1)) : undefined
}

/**
 * For a pattern that asks whether a text is, begins with, ends with or contains a literal text: the answer for
 * texts without a line break, for which neither `.` nor `$` have exceptions. Undefined for any other pattern.
 */
export const literalTest = (root: RegexNode): ((text: string) => boolean) | undefined => {
  const items = [...itemsOf(root)]
  const begins = items[0]?.type === 'anchor' && items[0].kind === 'beginning'
  if (begins) items.shift()
  const anything = items[0] !== undefined && isDotStar(items[0])
  if (anything) items.shift()
  const last = items.at(-1)
  const ends = last?.type === 'anchor' && (last.kind === 'endOrNewline' || last.kind === 'end')
  if (ends) items.pop()
  const literal = literalText(items)
  if (literal === undefined) return undefined
  const fromStart = begins && !anything
  if (fromStart && ends) return (text) => text === literal
  if (fromStart) return (text) => text.startsWith(literal)
  return ends ? (text) => text.endsWith(literal) : (text) => text.includes(literal)
}
