import { type AnchorKind, hasCaptures, isNullable, type RegexNode, some } from './ast.js'
import { boundarySource, classSource, unitSource } from './class-source.js'

/** A JavaScript pattern (without flags u, i, m, s) that finds exactly what the .NET pattern finds. */
export interface Translation {
  readonly source: string
  /** .NET group number → number of the JavaScript group with its last capture. */
  readonly groups: ReadonlyMap<number, number>
  readonly groupCount: number
}

const ANCHORS: Readonly<Record<Exclude<AnchorKind, 'scanStart' | 'boundary' | 'notBoundary'>, string>> = {
  beginning: '^',
  end: '$',
  endOrNewline: '(?=\\n?$)',
  // JavaScript's m flag would also break lines at \r, U+2028 and U+2029.
  lineStart: '(?<![^\\n])',
  lineEnd: '(?![^\\n])',
}

/** V8 expands counted repetitions; beyond this many copies of an element the pattern is left to the matcher. */
const MAX_EXPANDED = 5_000

class Inexpressible {}
const inexpressible = new Inexpressible()
const refuse = (): never => {
  throw inexpressible
}

/**
 * Whether an empty match, where there is one, is the last way in which the node matches. Then it does not
 * matter that .NET accepts an empty iteration and leaves the loop where JavaScript rejects the iteration.
 */
const isEmptyLast = (node: RegexNode): boolean => {
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

/** The groups that have captured whenever the node has matched. */
const surelySet = (node: RegexNode): Set<number> => {
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

const capturedGroups = (node: RegexNode, into = new Set<number>()): Set<number> => {
  some(node, (inner) => {
    if (inner.type === 'capture') into.add(inner.group)
    return false
  })
  return into
}

class Translator {
  readonly groups = new Map<number, number>()
  groupCount = 0
  #expanded = 0
  /** Whether a group is one that is captured; the others only group. */
  readonly #captures: (group: number) => boolean

  constructor(captures: (group: number) => boolean) {
    this.#captures = captures
  }

  /** `set`: groups that have surely captured before the node is reached; `copies`: how often V8 repeats it. */
  node(node: RegexNode, set: ReadonlySet<number>, behind: boolean, copies: number): string {
    this.#expanded += copies
    if (this.#expanded > MAX_EXPANDED) refuse()
    switch (node.type) {
      case 'empty':
        return ''
      case 'character':
        return unitSource(node.code)
      case 'set':
        return classSource(node.set)
      case 'anchor':
        if (node.kind === 'scanStart') return refuse()
        return node.kind === 'boundary' || node.kind === 'notBoundary'
          ? boundarySource(node.kind === 'notBoundary')
          : ANCHORS[node.kind]
      case 'concat':
        return this.#concat(node.items, set, behind, copies)
      case 'alternation':
        return `(?:${node.items.map((item) => this.node(item, set, behind, copies)).join('|')})`
      case 'capture':
        return this.#capture(node, set, behind, copies)
      case 'loop':
        return this.#loop(node, set, behind, copies)
      case 'atomic': {
        if (behind) return refuse()
        const number = ++this.groupCount
        return `(?=(${this.node(node.body, set, behind, copies)}))\\${number}(?:)`
      }
      case 'look': {
        const opening = `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}`
        return `${opening}${this.node(node.body, set, node.behind, copies)})`
      }
      case 'backreference': {
        // JavaScript lets a group that has not captured match the empty text.
        if (node.ignoreCase || !set.has(node.group)) return refuse()
        return node.group === 0 ? refuse() : `\\${this.groups.get(node.group) ?? refuse()}(?:)`
      }
      case 'conditional': {
        if (hasCaptures(node.condition)) return refuse()
        const branch = (sign: string, part: RegexNode): string => {
          const test = (): string =>
            `(?${behind ? '<' : ''}${sign}${this.node(node.condition, set, behind, copies)})`
          // Read backwards, what is to be tested first stands last.
          return behind
            ? this.node(part, set, behind, copies) + test()
            : test() + this.node(part, set, behind, copies)
        }
        return `(?:${branch('=', node.yes)}|${branch('!', node.no)})`
      }
      case 'groupConditional':
        return refuse()
    }
  }

  #concat(items: readonly RegexNode[], set: ReadonlySet<number>, behind: boolean, copies: number): string {
    // Groups are numbered as they stand, known to be set as they are read: backwards in a lookbehind.
    const known = new Map<RegexNode, ReadonlySet<number>>()
    const soFar = new Set(set)
    for (const item of behind ? items.toReversed() : items) {
      known.set(item, new Set(soFar))
      for (const group of surelySet(item)) soFar.add(group)
    }
    return items.map((item) => this.node(item, known.get(item)!, behind, copies)).join('')
  }

  #capture(
    node: RegexNode & { type: 'capture' },
    set: ReadonlySet<number>,
    behind: boolean,
    copies: number,
  ): string {
    if (node.releases !== -1) return refuse()
    if (!this.#captures(node.group)) return `(?:${this.node(node.body, set, behind, copies)})`
    // A number or name used twice: JavaScript would keep the captures apart.
    if (this.groups.has(node.group)) return refuse()
    const number = ++this.groupCount
    this.groups.set(node.group, number)
    return `(${this.node(node.body, set, behind, copies)})`
  }

  #loop(
    node: RegexNode & { type: 'loop' },
    set: ReadonlySet<number>,
    behind: boolean,
    copies: number,
  ): string {
    const { body, min, max, lazy } = node
    const nullable = isNullable(body)
    const captured = [...capturedGroups(body)].filter((group) => group === -1 || this.#captures(group))
    if (max > 1) {
      // JavaScript forgets what earlier iterations captured, so each iteration must capture anew.
      const sure = surelySet(body)
      if (captured.some((group) => !sure.has(group))) return refuse()
      if (nullable && (captured.length > 0 || !isEmptyLast(body))) return refuse()
    }
    const inner = new Set([...set].filter((group) => !captured.includes(group)))
    const count = Number.isFinite(max) ? max : min + 1
    const source = this.node(body, inner, behind, copies * count)
    if (nullable && min === 0 && max === 1) return lazy ? `(?:|${source})` : `(?:${source}|)`
    const atom = body.type === 'character' || body.type === 'set' ? source : `(?:${source})`
    return `${atom}${quantifier(min, max)}${lazy ? '?' : ''}`
  }
}

const quantifier = (min: number, max: number): string => {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  if (max === 1) return '?'
  return min === max ? `{${min}}` : `{${min},${max}}`
}

const attempt = (
  captures: (group: number) => boolean,
  write: (translator: Translator) => string,
): Translation | null => {
  const translator = new Translator(captures)
  try {
    const source = write(translator)
    return { source, groups: translator.groups, groupCount: translator.groupCount }
  } catch (reason) {
    if (reason === inexpressible) return null
    throw reason
  }
}

const referenced = (root: RegexNode): Set<number> => {
  const groups = new Set<number>()
  some(root, (node) => {
    if (node.type === 'backreference') groups.add(node.group)
    return false
  })
  return groups
}

/** With all captures in place; null when JavaScript cannot express the pattern or its captures exactly. */
export const translate = (root: RegexNode): Translation | null =>
  attempt(
    () => true,
    (translator) => translator.node(root, new Set(), false, 1),
  )

/** For finding matches only: nothing is captured but what a backreference needs. */
export const translateSearch = (root: RegexNode): Translation | null => {
  const needed = referenced(root)
  return attempt(
    (group) => needed.has(group),
    (translator) => translator.node(root, new Set(), false, 1),
  )
}

/** A translation whose JavaScript groups `before` and `after` hold what surrounds one group within the match. */
export interface SurroundTranslation extends Translation {
  readonly before: number | undefined
  readonly after: number | undefined
}

/** For replacing one group that is a direct part of the pattern; null when it is not, or not expressible. */
export const translateSurround = (root: RegexNode, group: number): SurroundTranslation | null => {
  const items = root.type === 'concat' ? root.items : [root]
  const index = items.findIndex((item) => item.type === 'capture' && item.group === group)
  if (index < 0) return null
  const needed = referenced(root)
  let before: number | undefined
  let after: number | undefined
  const translation = attempt(
    (number) => needed.has(number) || number === group,
    (translator) => {
      const known = new Set<number>()
      const part = (nodes: readonly RegexNode[]): string => {
        let source = ''
        for (const node of nodes) {
          source += translator.node(node, known, false, 1)
          for (const number of surelySet(node)) known.add(number)
        }
        return source
      }
      const wrap = (nodes: readonly RegexNode[], note: (number: number) => void): string => {
        if (nodes.length === 0) return ''
        note(++translator.groupCount)
        return `(${part(nodes)})`
      }
      return [
        wrap(items.slice(0, index), (number) => {
          before = number
        }),
        part([items[index]!]),
        wrap(items.slice(index + 1), (number) => {
          after = number
        }),
      ].join('')
    },
  )
  return translation === null ? null : { ...translation, before, after }
}
