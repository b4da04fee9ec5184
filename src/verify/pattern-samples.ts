import { DotnetFailure } from '../dotnet/failure.js'
import { type RegexNode, unitSet } from '../dotnet/regex/ast.js'
import type { CharacterSet } from '../dotnet/regex/character-set.js'
import { parsePattern } from '../dotnet/regex/parser.js'
import { cachedRegex } from '../dotnet/regex/regex.js'

/** The characters that samples have where a set allows them. */
const PREFERRED = ['a1AbZ9 -_.@/ñ', '9Zé-x', 'q5İß_'] as const

/** The most samples of a pattern, and the longest. */
const MOST = 120
const LONGEST = 500

/** What a sample takes: the index of an alternative, or how often a loop repeats. */
type Taken = ReadonlyMap<RegexNode, number>

const characterOf = (set: CharacterSet, preferred: string): string => {
  const found = [...preferred].find((one) => set.has(one.charCodeAt(0)))
  return found ?? (set.ranges.length === 0 ? '' : String.fromCharCode(set.ranges[0] ?? 0))
}

const repeated = (times: number, part: () => string): string => {
  let text = ''
  for (let count = 0; count < times && text.length <= LONGEST; count++) text += part()
  return text
}

/** A text for a node. It need not match: lookahead, lookbehind and anchors are left to the test of the whole. */
const textFor = (root: RegexNode, taken: Taken, preferred: string): string => {
  const groups = new Map<number, string>()
  const of = (node: RegexNode): string => {
    const set = unitSet(node)
    if (set !== undefined) return characterOf(set, preferred)
    switch (node.type) {
      case 'concat':
        return node.items.map(of).join('')
      case 'alternation': {
        const item = node.items[taken.get(node) ?? 0]
        return item === undefined ? '' : of(item)
      }
      case 'capture': {
        const text = of(node.body)
        groups.set(node.group, text)
        return text
      }
      case 'atomic':
        return of(node.body)
      case 'loop':
        return repeated(taken.get(node) ?? node.min, () => of(node.body))
      case 'backreference':
        return groups.get(node.group) ?? ''
      case 'groupConditional':
        return of(groups.has(node.group) ? node.yes : node.no)
      case 'conditional':
        return (taken.get(node) ?? 0) === 0 ? of(node.condition) + of(node.yes) : of(node.no)
      default:
        return ''
    }
  }
  return of(root)
}

/** Ways through a pattern that together take each alternative, and each loop at its bounds. */
const waysThrough = (root: RegexNode): readonly Taken[] => {
  const ways: Taken[] = [new Map()]
  const visit = (node: RegexNode, taken: Taken): void => {
    const take = (index: number): Taken => {
      const way = new Map(taken).set(node, index)
      if (ways.length < MOST) ways.push(way)
      return way
    }
    switch (node.type) {
      case 'concat':
        for (const item of node.items) visit(item, taken)
        break
      case 'alternation':
        for (const [index, item] of node.items.entries()) visit(item, take(index))
        break
      case 'loop': {
        const { min, max } = node
        const counts = new Set(
          [min + 1, max, Math.max(min, 3), Math.max(min, 12)].filter((one) => one <= max),
        )
        for (const count of counts) if (count <= LONGEST) take(count)
        visit(node.body, new Map(taken).set(node, Math.max(1, min)))
        break
      }
      case 'conditional':
        visit(node.yes, take(0))
        visit(node.no, take(1))
        break
      case 'groupConditional':
        visit(node.yes, taken)
        visit(node.no, taken)
        break
      case 'capture':
      case 'atomic':
        visit(node.body, taken)
        break
      default:
        break
    }
  }
  visit(root, new Map())
  return ways
}

/**
 * Texts in which a pattern finds something, each short: one for every alternative, and some for the bounds of
 * every loop. Empty for a pattern that cannot be compiled, or whose samples do not match.
 */
export const samplesOf = (pattern: string): readonly string[] => {
  try {
    const { root } = parsePattern(pattern)
    const regex = cachedRegex(pattern)
    const texts = waysThrough(root).flatMap((taken, index) =>
      (index === 0 ? PREFERRED : PREFERRED.slice(0, 1)).map((preferred) => textFor(root, taken, preferred)),
    )
    return [...new Set(texts)].filter((text) => text.length <= LONGEST && regex.isMatch(text))
  } catch (error) {
    if (!(error instanceof DotnetFailure)) throw error
    return []
  }
}
