import type { Span } from '../../text/span.js'
import { DotnetFailure } from '../failure.js'
import { reserve, spend } from '../step-meter.js'
import { count, type RegexNode, type RegexPattern } from './ast.js'
import { type Bound, lengthWithin, searchBound, stepsWithin } from './complexity.js'
import { budgetExceeded, Matcher, MatcherProgram } from './matcher.js'
import { parsePattern } from './parser.js'
import {
  expandReplacement,
  literalReplacement,
  nativeLiteral,
  nativeReplacement,
  needsGroups,
  parseReplacement,
  type ReplacementPart,
} from './replacement.js'
import { groupTail, type QuickTest, quickTest, runsOf, runsReplacer } from './shape.js'
import { type Translation, translate, translateSearch, translateSurround } from './translate.js'

/** The spans of a match's groups in the order of {@link Regex.groupNames}; null for a group without capture. */
export type GroupSpans = readonly (Span | null)[]

export interface RegexOptions {
  /** How many steps a search of one text may take; 10 million when left out. */
  readonly stepBudget?: number
  /** Which engine may run; `matcher` leaves V8 out. */
  readonly engine?: 'any' | 'matcher'
}

/** A replacement text parsed for one {@link Regex}. */
export interface Replacement {
  readonly source: string
  readonly parts: readonly ReplacementPart[]
}

interface NativeReplace {
  readonly expression: RegExp
  readonly replacement: string
}

const DEFAULT_STEP_BUDGET = 10_000_000
/** V8 keeps its backtracking state on a stack of its own, which must not overflow. */
const MAX_NATIVE_LENGTH = 200_000
/** That stack ends at 64 MB; half of it is used. */
const NATIVE_STACK = 2 ** 25
/** A search that takes no more steps than this counts as an average one: an exact count would take longer. */
const SHORT_STEPS = 2_000
const AVERAGE_STEPS = 500

/** The longest text whose search fits on V8's stack: each unit may push all registers. */
const nativeLimit = (groups: number, root: RegexNode): number => {
  const loops = count(root, ({ type }) => type === 'loop')
  return Math.min(MAX_NATIVE_LENGTH, Math.floor(NATIVE_STACK / (8 * (2 + 2 * groups + loops))))
}

/** Computes once, on first use. */
const lazy = <T>(compute: () => T): (() => T) => {
  let value: { readonly of: T } | undefined
  return () => {
    value ??= { of: compute() }
    return value.of
  }
}

/** A .NET regular expression; see {@link compileRegex}. It is immutable and holds no text between calls. */
export class Regex {
  readonly source: string
  readonly ast: RegexNode
  /** Names by group number: `0` for the whole match, digits for unnamed groups. */
  readonly groupNames: readonly string[]
  /**
   * The exponent with which worst-case backtracking grows with the text's length; Infinity if it may be
   * exponential.
   */
  readonly degree: number
  /**
   * `v8` when texts are searched by a translated native expression, as long as the worst case fits the
   * budget.
   */
  readonly engine: 'v8' | 'matcher'
  readonly stepBudget: number
  readonly #pattern: RegexPattern
  readonly #bound: Bound
  readonly #nativeLength: number
  /** Up to this length a search by V8 is a short one. */
  readonly #shortLength: number
  readonly #test: RegExp | null
  /** Set if the pattern asks for literal texts: most answers then need no engine. */
  readonly #quick: QuickTest | undefined
  readonly #searchAll: () => RegExp | null
  readonly #translation: () => Translation | null
  readonly #captureAll: () => RegExp | null
  readonly #locateAll: () => RegExp | null
  readonly #program: () => MatcherProgram
  readonly #surrounds = new Map<
    string,
    { readonly expression: RegExp; readonly wrap: readonly [string, string] } | null
  >()
  readonly #natives = new WeakMap<Replacement, NativeReplace | null>()

  constructor(pattern: RegexPattern, options: RegexOptions = {}) {
    const bound: Bound = searchBound(pattern.root)
    const search = options.engine === 'matcher' ? null : translateSearch(pattern.root)
    this.#pattern = pattern
    this.source = pattern.source
    this.ast = pattern.root
    this.groupNames = pattern.groups.names
    this.degree = bound.degree
    this.stepBudget = options.stepBudget ?? DEFAULT_STEP_BUDGET
    this.#nativeLength =
      search === null
        ? -1
        : Math.min(nativeLimit(this.groupNames.length, pattern.root), lengthWithin(bound, this.stepBudget))
    this.#bound = bound
    this.#shortLength = Math.min(this.#nativeLength, lengthWithin(bound, SHORT_STEPS))
    this.engine = this.#nativeLength < 0 ? 'matcher' : 'v8'
    this.#quick = options.engine === 'matcher' ? undefined : quickTest(pattern.root)
    this.#test = search === null ? null : new RegExp(search.source)
    this.#searchAll = lazy(() => (search === null ? null : new RegExp(search.source, 'g')))
    this.#translation = lazy(() => (search === null ? null : translate(pattern.root)))
    const native = (flags: string) => (): RegExp | null => {
      const translation = this.#translation()
      return translation === null ? null : new RegExp(translation.source, flags)
    }
    this.#captureAll = lazy(native('g'))
    this.#locateAll = lazy(native('dg'))
    this.#program = lazy(() => new MatcherProgram(pattern))
  }

  /** Whether a text of this length can run on V8 when only matches are asked for, not groups. */
  runsNatively(length: number): boolean {
    return length <= this.#nativeLength
  }

  /**
   * Whether V8 may search a text now: it can, and the object's budget still has the steps of the search, which
   * are deducted.
   */
  fitsNative({ length }: string): boolean {
    if (length > this.#nativeLength) return false
    const steps = length <= this.#shortLength ? AVERAGE_STEPS : stepsWithin(this.#bound, length)
    return reserve(steps, this.stepBudget)
  }

  /** For a pattern that is one group holding a literal text and the rest of its line: that text. */
  groupTail(groupName: string): string | undefined {
    return groupTail(this.#pattern.root, this.#pattern.groups, groupName)
  }

  /**
   * {@link replace} with all look-ups done in advance, for texts that run natively; undefined if none does.
   */
  nativeReplacer(replacement: Replacement): ((text: string) => string) | undefined {
    const native = this.#native(replacement)
    if (native === null) return undefined
    const runs = runsOf(this.ast)
    const literal = literalReplacement(replacement.parts)
    if (runs !== undefined && literal !== undefined) return runsReplacer(runs, literal)
    const { expression, replacement: text } = native
    return (source) => source.replace(expression, text)
  }

  hasGroup(name: string): boolean {
    return this.groupNames.includes(name)
  }

  /** Whether the pattern matches anywhere. @throws DotnetFailure `budget` */
  isMatch(text: string): boolean {
    const known = this.#quick?.(text)
    if (known !== undefined) return known
    if (this.fitsNative(text)) return this.#test!.test(text)
    return this.#matcher(text).search(0) !== null
  }

  /** The first match that begins at `start` or later, or null. @throws DotnetFailure `budget` */
  match(text: string, start = 0): GroupSpans | null {
    for (const spans of this.matches(text, start)) return spans
    return null
  }

  /** All matches, from left to right, none overlapping another. @throws DotnetFailure `budget` */
  *matches(text: string, start = 0): Generator<GroupSpans> {
    const native = this.fitsNative(text) ? this.#locateAll() : null
    const matcher = native === null ? this.#matcher(text) : undefined
    for (let at = start; at <= text.length; ) {
      const spans = matcher === undefined ? this.#locate(native!, text, at) : matcher.search(at)
      if (spans === null) return
      yield spans
      const { start: from, end } = spans[0]!
      at = end === from ? end + 1 : end
    }
  }

  /** Counts steps that the use of a match takes. @throws DotnetFailure `budget` */
  spend(steps: number): void {
    if (!spend(steps, this.stepBudget)) throw budgetExceeded(this.source, this.stepBudget)
  }

  /** Parses a replacement text. @throws DotnetFailure `argument` for a group number beyond 2³¹−1 */
  compileReplacement(text: string): Replacement {
    return { source: text, parts: parseReplacement(text, this.#pattern.groups) }
  }

  /** Replaces every match. @throws DotnetFailure `budget`, and `argument` as {@link compileReplacement} */
  replace(text: string, replacement: Replacement | string): string {
    const compiled = typeof replacement === 'string' ? this.compileReplacement(replacement) : replacement
    if (this.fitsNative(text)) {
      const native = this.#native(compiled)
      if (native !== null) return text.replace(native.expression, native.replacement)
    }
    const { numbers, slots } = this.#pattern.groups
    const last = numbers.at(-1)!
    return this.#replaceSpans(text, (spans) => ({
      ...spans[0]!,
      text: expandReplacement(compiled.parts, text, (group) => spans[slots.get(group)!], last),
    }))
  }

  /**
   * Replaces, in every match, the last capture of a group by a literal text. A match in which the group has
   * no capture, or has it outside of the match, stays; without such a group the text stays.
   *
   * @throws DotnetFailure `budget`
   */
  replaceGroup(text: string, groupName: string, literal: string): string {
    const slot = this.groupNames.indexOf(groupName)
    if (slot < 0) return text
    if (this.fitsNative(text)) {
      const surround = this.#surround(groupName, slot)
      if (surround !== null) {
        const [before, after] = surround.wrap
        return text.replace(surround.expression, before + nativeLiteral(literal) + after)
      }
    }
    return this.#replaceSpans(text, (spans) => {
      const [match, group] = [spans[0]!, spans[slot]]
      if (group == null || group.start < match.start || group.end > match.end || group.start > group.end)
        return null
      return { ...group, text: literal }
    })
  }

  /** The text of a group in the first match; null without match, group, or capture of the group. @throws DotnetFailure `budget` */
  extractGroup(text: string, groupName: string): string | null {
    const slot = this.groupNames.indexOf(groupName)
    if (slot < 0) return null
    const expression = this.fitsNative(text) ? this.#captureAll() : null
    if (expression !== null) {
      expression.lastIndex = 0
      const found = expression.exec(text)
      if (found === null) return null
      const number = slot === 0 ? 0 : this.#translation()!.groups.get(this.#pattern.groups.numbers[slot]!)
      return number === undefined ? null : (found[number] ?? null)
    }
    const span = this.match(text)?.[slot]
    return span == null ? null : text.slice(span.start, span.end)
  }

  #matcher(text: string): Matcher {
    return new Matcher(this.#program(), text, this.stepBudget)
  }

  #locate(expression: RegExp, text: string, start: number): GroupSpans | null {
    expression.lastIndex = start
    const found = expression.exec(text)
    if (found === null) return null
    const { groups } = this.#translation()!
    return this.#pattern.groups.numbers.map((number) => {
      const index = number === 0 ? 0 : groups.get(number)
      const indices = index === undefined ? undefined : found.indices![index]
      return indices === undefined ? null : { start: indices[0], end: indices[1] }
    })
  }

  #native(replacement: Replacement): NativeReplace | null {
    let native = this.#natives.get(replacement)
    if (native === undefined) {
      native = this.#nativeReplace(replacement.parts)
      this.#natives.set(replacement, native)
    }
    return native
  }

  #nativeReplace(parts: readonly ReplacementPart[]): NativeReplace | null {
    const grouped = needsGroups(parts)
    const expression = grouped ? this.#captureAll() : this.#searchAll()
    if (expression === null) return null
    const groups = grouped ? this.#translation()!.groups : new Map<number, number>()
    const replacement = nativeReplacement(parts, groups, this.#pattern.groups.numbers.at(-1)!)
    return replacement === null ? null : { expression, replacement }
  }

  #surround(groupName: string, slot: number): { expression: RegExp; wrap: readonly [string, string] } | null {
    let surround = this.#surrounds.get(groupName)
    if (surround === undefined) {
      const found = slot === 0 ? null : translateSurround(this.ast, this.#pattern.groups.numbers[slot]!)
      const reference = (number: number | undefined): string =>
        number === undefined ? '' : `$${String(number).padStart(2, '0')}`
      surround =
        found === null || found.groupCount > 99
          ? null
          : {
              expression: new RegExp(found.source, 'g'),
              wrap: [reference(found.before), reference(found.after)],
            }
      this.#surrounds.set(groupName, surround)
    }
    return surround
  }

  #replaceSpans(
    text: string,
    change: (spans: GroupSpans) => (Span & { readonly text: string }) | null,
  ): string {
    let replaced = ''
    let copied = 0
    for (const spans of this.matches(text)) {
      const changed = change(spans)
      if (changed === null) continue
      replaced += text.slice(copied, changed.start) + changed.text
      copied = changed.end
    }
    return copied === 0 && replaced === '' ? text : replaced + text.slice(copied)
  }
}

/**
 * Compiles a .NET regular expression: options none, culture invariant, matching by UTF-16 units.
 *
 * @throws DotnetFailure `argument` for what .NET rejects, `unsupported` for what is refused, with the place in the pattern
 */
export const compileRegex = (pattern: string, options?: RegexOptions): Regex =>
  new Regex(parsePattern(pattern), options)

const CACHE_SIZE = 256
/** What compiling a pattern counts for each of its characters: patterns can come from the data. */
const STEPS_PER_CHARACTER = 300
const cache = new Map<string, Regex | DotnetFailure>()

/**
 * {@link compileRegex} with a cache, for patterns that recur: in the data, or first in the checker and then
 * in the compiler. Keeps the 256 most recently used, including invalid ones.
 * @throws DotnetFailure as compileRegex
 */
export const cachedRegex = (pattern: string, stepBudget: number = DEFAULT_STEP_BUDGET): Regex => {
  const key = `${stepBudget} ${pattern}`
  let entry = cache.get(key)
  if (entry === undefined) {
    if (!reserve(pattern.length * STEPS_PER_CHARACTER, stepBudget)) throw budgetExceeded(pattern, stepBudget)
    try {
      entry = compileRegex(pattern, { stepBudget })
    } catch (reason) {
      if (!(reason instanceof DotnetFailure)) throw reason
      entry = reason
    }
    if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!)
  } else cache.delete(key)
  cache.set(key, entry)
  if (entry instanceof DotnetFailure) throw entry
  return entry
}
