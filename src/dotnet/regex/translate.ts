import { type AnchorKind, hasCaptures, isNullable, type RegexNode } from './ast.js'
import { capturedGroups, isEmptyLast, referencedGroups, surelySet } from './capture-analysis.js'
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

/**
 * V8 expands counted repetitions; a pattern with more copies of an element than this is left to the matcher.
 */
const MAX_EXPANDED = 5_000

class Inexpressible {}
const inexpressible = new Inexpressible()
const refuse = (): never => {
  throw inexpressible
}

class Translator {
  readonly groups = new Map<number, number>()
  groupCount = 0
  #expanded = 0
  /** Whether a group is one that is captured; the others only group. */
  readonly #captures: (group: number) => boolean
  /** The groups that backreferences name; for the others it does not matter whether they have captured. */
  readonly #referenced: ReadonlySet<number>

  constructor(captures: (group: number) => boolean, referenced: ReadonlySet<number>) {
    this.#captures = captures
    this.#referenced = referenced
  }

  /**
   * `set`: groups that have certainly captured before the node is reached; `copies`: how often V8 repeats it.
   */
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
          // Read backwards, the part to test first comes last.
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
    if (this.#referenced.size === 0) return items.map((item) => this.node(item, set, behind, copies)).join('')
    // Groups are numbered in written order but captured in reading order: backwards in a lookbehind.
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

/** `wanted`: the groups to capture besides those that backreferences need. */
const attempt = (
  root: RegexNode,
  wanted: (group: number) => boolean,
  write: (translator: Translator) => string,
): Translation | null => {
  const referenced = referencedGroups(root)
  const translator = new Translator((group) => wanted(group) || referenced.has(group), referenced)
  try {
    const source = write(translator)
    return { source, groups: translator.groups, groupCount: translator.groupCount }
  } catch (reason) {
    if (reason === inexpressible) return null
    throw reason
  }
}

/** With all captures; null if JavaScript cannot express the pattern or its captures exactly. */
export const translate = (root: RegexNode): Translation | null =>
  attempt(
    root,
    () => true,
    (translator) => translator.node(root, new Set(), false, 1),
  )

/** For finding matches only: captures nothing but what a backreference needs. */
export const translateSearch = (root: RegexNode): Translation | null =>
  attempt(
    root,
    () => false,
    (translator) => translator.node(root, new Set(), false, 1),
  )

/** A translation whose JavaScript groups `before` and `after` hold what surrounds one group within the match. */
export interface SurroundTranslation extends Translation {
  readonly before: number | undefined
  readonly after: number | undefined
}

/** For replacing one group that is a direct part of the pattern; null if it is not, or not expressible. */
export const translateSurround = (root: RegexNode, group: number): SurroundTranslation | null => {
  const items = root.type === 'concat' ? root.items : [root]
  const index = items.findIndex((item) => item.type === 'capture' && item.group === group)
  if (index < 0) return null
  let before: number | undefined
  let after: number | undefined
  const translation = attempt(
    root,
    (number) => number === group,
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
