import type { RegexNode } from './ast.js'
import type { Regex } from './regex.js'

const itemsOf = (node: RegexNode): readonly RegexNode[] =>
  node.type === 'concat' ? node.items.flatMap(itemsOf) : [node]

/** `.` repeated any number of times, with or without a group around the dot. */
const isDotStar = (node: RegexNode): boolean => {
  if (node.type !== 'loop' || node.min !== 0 || node.max !== Number.POSITIVE_INFINITY || node.lazy)
    return false
  const body = node.body.type === 'capture' && node.body.releases < 0 ? node.body.body : node.body
  return body.type === 'set' && matchesAllButNewline(body.set)
}

const matchesAllButNewline = (set: Extract<RegexNode, { type: 'set' }>['set']): boolean => {
  for (let code = 0; code <= 0xffff; code++) if (set.has(code) === (code === 0x0a)) return false
  return true
}

/**
 * For a pattern that is nothing but one group, made of a literal text and then `.*`: that text. Replacing the
 * group is then cutting the text off at it, up to the end of the line.
 */
export const groupTail = (regex: Regex, groupName: string): string | undefined => {
  const items = itemsOf(regex.ast)
  const [only] = items
  if (items.length !== 1 || only?.type !== 'capture' || only.releases >= 0) return undefined
  const slot = regex.groupNames.indexOf(groupName)
  if (slot <= 0 || only.group !== regex.groupNumber(slot)) return undefined
  const inner = itemsOf(only.body)
  const last = inner.at(-1)
  if (last === undefined || !isDotStar(last)) return undefined
  let text = ''
  for (const item of inner.slice(0, -1)) {
    if (item.type !== 'character') return undefined
    text += String.fromCharCode(item.code)
  }
  return text === '' || text.includes('\n') ? undefined : text
}
