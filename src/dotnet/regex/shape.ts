import { type RegexGroups, type RegexNode, unitSet } from './ast.js'
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

/** The text of nodes that are single characters; undefined if one is not, or is a line break. */
const literalText = (items: readonly RegexNode[]): string | undefined => {
  let text = ''
  for (const item of items) {
    if (item.type !== 'character' || item.code === 0x0a) return undefined
    text += String.fromCharCode(item.code)
  }
  return text === '' ? undefined : text
}

/**
 * For a pattern that is a single group of a literal text followed by `.*`: that text. Replacing the group is
 * then cutting the text off at it, up to the end of the line.
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

/** The texts of alternatives, in a group or not, if all of them are literal texts. */
const literalAlternatives = (node: RegexNode | undefined): readonly string[] | undefined => {
  if (node?.type === 'capture' && node.releases < 0) return literalAlternatives(node.body)
  if (node?.type !== 'alternation') return undefined
  const texts = node.items.map((item) => literalText(itemsOf(item)))
  return texts.every((text) => text !== undefined) ? texts : undefined
}

/** Answers for most texts without an engine; undefined where one is needed. */
export type QuickTest = (text: string) => boolean | undefined

/** `^(A|B)$`. Without the end anchor, V8's own engine is quicker than testing each alternative. */
const alternativesTest = (items: readonly RegexNode[]): QuickTest | undefined => {
  const texts = items.length === 1 ? literalAlternatives(items[0]) : undefined
  if (texts === undefined) return undefined
  const whole = new Set(texts)
  return (text) => whole.has(text) || (text.endsWith('\n') ? undefined : false)
}

/**
 * Tests without an engine whether a text is, begins with, ends with or contains a literal text, or is one of
 * several. Undefined for any other pattern. Texts with line breaks, for which `.` and `$` have exceptions,
 * are left to the engine where they matter.
 */
export const quickTest = (root: RegexNode): QuickTest | undefined => {
  const items = [...itemsOf(root)]
  const begins = items[0]?.type === 'anchor' && items[0].kind === 'beginning'
  if (begins) items.shift()
  const anything = items[0] !== undefined && isDotStar(items[0])
  if (anything) items.shift()
  const last = items.at(-1)
  const ends = last?.type === 'anchor' && (last.kind === 'endOrNewline' || last.kind === 'end')
  if (ends) items.pop()
  const fromStart = begins && !anything
  const literal = literalText(items)
  if (literal === undefined) return fromStart && ends ? alternativesTest(items) : undefined
  if (fromStart && ends) return (text) => text === literal || (text.endsWith('\n') ? undefined : false)
  if (fromStart) return (text) => text.startsWith(literal)
  const oneLine = begins
    ? (text: string): true | undefined => (text.includes('\n') ? undefined : true)
    : () => true as const
  if (ends) {
    return (text) => (text.endsWith(literal) ? oneLine(text) : text.endsWith('\n') ? undefined : false)
  }
  return (text) => (text.includes(literal) ? oneLine(text) : false)
}

/** Characters of a set, one by one or in runs. */
export interface Runs {
  readonly set: CharacterSet
  /** Adjacent characters are one match. */
  readonly joined: boolean
}

/** For a pattern that is a class of characters, or one or more of it: `[()\s-]+`. */
export const runsOf = (root: RegexNode): Runs | undefined => {
  const joined = root.type === 'loop' && root.min === 1 && root.max === Number.POSITIVE_INFINITY && !root.lazy
  const set = unitSet(joined ? root.body : root)
  return set === undefined ? undefined : { set, joined }
}

/** Replaces runs by a literal text, character by character; faster than the native engine. */
export const runsReplacer =
  ({ set, joined }: Runs, replacement: string): ((text: string) => string) =>
  (text) => {
    const { ascii } = set
    let replaced = ''
    // Where the last match ends; -1 before the first.
    let end = -1
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit < 128 ? ascii[unit] === 0 : !set.has(unit)) continue
      if (at !== end || !joined) {
        if (at > 0 && at > end) replaced += text.slice(end < 0 ? 0 : end, at)
        if (replacement !== '') replaced += replacement
      }
      end = at + 1
    }
    if (end < 0) return text
    return end < text.length ? replaced + text.slice(end) : replaced
  }
