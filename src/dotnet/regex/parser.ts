import { DotnetFailure } from '../failure.js'
import type { AnchorKind, RegexGroups, RegexNode, RegexPattern } from './ast.js'
import { scanBackreference } from './backreference-scanner.js'
import { scanCaptureSlots } from './capture-slots.js'
import { caseEquivalents } from './casing.js'
import { CharacterSet } from './character-set.js'
import { propertySet, scanClass, shorthandSet } from './class-scanner.js'
import { type GroupOpening, scanGroupOpening } from './group-scanner.js'
import { type InlineOptions, PatternScanner } from './pattern-scanner.js'
import { refuseAmbiguous } from './refusals.js'
import { notNewline } from './unicode-categories.js'

/** Deep enough for any pattern a person writes, shallow enough for recursion over the tree. */
const MAX_DEPTH = 250

/** Compiling takes up to the square of the length. */
const MAX_LENGTH = 32_768

const ANCHOR_ESCAPES: Readonly<Record<string, AnchorKind>> = {
  b: 'boundary',
  B: 'notBoundary',
  A: 'beginning',
  G: 'scanStart',
  Z: 'endOrNewline',
  z: 'end',
}

interface Frame {
  readonly opening: GroupOpening
  readonly start: number
  readonly outerOptions: InlineOptions
  condition: RegexNode | undefined
  readonly alternatives: RegexNode[]
  items: RegexNode[]
  itemsStart: number
}

class Parser {
  readonly #scanner: PatternScanner
  readonly #groups: RegexGroups
  readonly #frames: Frame[] = []
  #frame: Frame
  #nextCapture = 1
  #skipCapture = false

  constructor(pattern: string) {
    if (pattern.length > MAX_LENGTH)
      throw new DotnetFailure(
        'unsupported',
        `The pattern is longer than ${MAX_LENGTH} characters`,
        0,
        MAX_LENGTH,
      )
    this.#groups = scanCaptureSlots(pattern)
    this.#scanner = new PatternScanner(pattern)
    this.#frame = this.#newFrame({ type: 'capture', group: 0, releases: -1 }, 0)
  }

  parse(): RegexPattern {
    const scanner = this.#scanner
    let afterQuantifier = false
    for (;;) {
      scanner.skipBlank()
      if (scanner.atEnd) break
      if (scanner.atQuantifier()) {
        const quantifier = scanner.peek()!
        scanner.fail(
          afterQuantifier
            ? `Nested quantifier '${quantifier}'`
            : `Quantifier '${quantifier}' follows nothing`,
          scanner.position,
          scanner.position + 1,
        )
      }
      const node = this.#unit()
      afterQuantifier = false
      if (node === undefined) continue
      scanner.skipBlank()
      afterQuantifier = scanner.atQuantifier()
      this.#frame.items.push(afterQuantifier ? this.#quantified(node) : node)
    }
    if (this.#frames.length > 0) {
      scanner.fail('The group is not closed by )', this.#frame.start, this.#frame.start + 1)
    }
    const root = this.#closeFrame()
    refuseAmbiguous(root)
    return { source: scanner.text, root, groups: this.#groups }
  }

  #newFrame(opening: GroupOpening, start: number): Frame {
    const scanner = this.#scanner
    return {
      opening,
      start,
      outerOptions: scanner.options,
      condition: undefined,
      alternatives: [],
      items: [],
      itemsStart: scanner.position,
    }
  }

  /** Reads one element. Returns undefined if it leaves nothing to quantify. */
  #unit(): RegexNode | undefined {
    const scanner = this.#scanner
    const start = scanner.position
    const { options } = scanner
    const character = scanner.text[scanner.position++]!
    const anchor = (kind: AnchorKind): RegexNode => ({ type: 'anchor', kind, start, end: scanner.position })
    const set = (value: CharacterSet): RegexNode => ({
      type: 'set',
      set: value,
      start,
      end: scanner.position,
    })
    switch (character) {
      case '[':
        return set(scanClass(scanner))
      case '(':
        this.#open(start)
        return undefined
      case '|':
        this.#endAlternative(start)
        return undefined
      case ')':
        return this.#close(start)
      case '\\':
        return this.#escape(start)
      case '^':
        return anchor(options.multiline ? 'lineStart' : 'beginning')
      case '$':
        return anchor(options.multiline ? 'lineEnd' : 'endOrNewline')
      case '.':
        return set(options.singleline ? CharacterSet.all : notNewline)
      default:
        return this.#character(character.charCodeAt(0), start)
    }
  }

  #character(code: number, start: number): RegexNode {
    const end = this.#scanner.position
    const equivalents = this.#scanner.options.ignoreCase ? caseEquivalents(code) : [code]
    return equivalents.length === 1
      ? { type: 'character', code, start, end }
      : { type: 'set', set: CharacterSet.of(equivalents.flatMap((unit) => [unit, unit])), start, end }
  }

  #open(start: number): void {
    const scanner = this.#scanner
    const outerOptions = scanner.options
    const opening = scanGroupOpening(scanner, start, this.#groups, {
      explicit: outerOptions.explicitCapture || this.#skipCapture,
      inCondition: this.#frame.opening.type === 'conditional' && this.#frame.condition === undefined,
      nextCapture: this.#nextCapture,
    })
    if (opening === undefined) return
    if (scanner.position === start + 1) {
      // A plain parenthesis: numbered, or the one that a condition exempts.
      if (opening.type === 'capture') this.#nextCapture++
      this.#skipCapture = false
    }
    if (opening.type === 'conditional') this.#skipCapture = true
    if (this.#frames.length >= MAX_DEPTH) {
      throw new DotnetFailure(
        'unsupported',
        `Groups are nested more than ${MAX_DEPTH} deep`,
        start,
        start + 1,
      )
    }
    this.#frames.push(this.#frame)
    this.#frame = { ...this.#newFrame(opening, start), outerOptions }
  }

  #endAlternative(end: number): void {
    const { items, itemsStart: start } = this.#frame
    const only = items[0]
    this.#frame.alternatives.push(
      only === undefined
        ? { type: 'empty', start, end }
        : items.length === 1
          ? only
          : { type: 'concat', items, start, end },
    )
    this.#frame.items = []
    this.#frame.itemsStart = this.#scanner.position
  }

  #close(at: number): RegexNode | undefined {
    const outer = this.#frames.pop()
    if (outer === undefined) this.#scanner.fail('There are more ) than (', at, at + 1)
    const node = this.#closeFrame()
    this.#scanner.options = this.#frame.outerOptions
    this.#frame = outer
    if (outer.opening.type === 'conditional' && outer.condition === undefined) {
      outer.condition = node
      outer.itemsStart = this.#scanner.position
      return undefined
    }
    return node
  }

  #closeFrame(): RegexNode {
    const { opening, start, alternatives } = this.#frame
    const scanner = this.#scanner
    const end = scanner.position
    const isRoot = opening.type === 'capture' && opening.group === 0
    this.#endAlternative(isRoot ? end : end - 1)
    const [first, second] = alternatives
    const span = { start, end }
    if (opening.type === 'conditional' || opening.type === 'groupConditional') {
      if (alternatives.length > 2) scanner.fail('A conditional has at most two alternatives', start)
      const branches = { yes: first!, no: second ?? { type: 'empty' as const, start: end, end } }
      if (opening.type === 'groupConditional') {
        return { type: 'groupConditional', group: opening.group, ...branches, ...span }
      }
      return { type: 'conditional', condition: this.#frame.condition!, ...branches, ...span }
    }
    const body: RegexNode =
      second === undefined
        ? first!
        : { type: 'alternation', items: alternatives, start: first!.start, end: alternatives.at(-1)!.end }
    if (opening.type === 'group' || isRoot) return body
    return { ...opening, body, ...span }
  }

  #quantified(body: RegexNode): RegexNode {
    const scanner = this.#scanner
    const quantifierStart = scanner.position
    const quantifier = scanner.text[scanner.position++]
    let min = quantifier === '+' ? 1 : 0
    let max = quantifier === '?' ? 1 : Number.POSITIVE_INFINITY
    if (quantifier === '{') {
      min = max = scanner.decimal()
      if (scanner.peek() === ',') {
        scanner.position++
        max = scanner.peek() === '}' ? Number.POSITIVE_INFINITY : scanner.decimal()
      }
      scanner.position++
    }
    scanner.skipBlank()
    const lazy = scanner.peek() === '?'
    if (lazy) scanner.position++
    if (min > max) scanner.fail('The quantifier has its bounds in reverse order', quantifierStart)
    const span = { start: body.start, end: scanner.position }
    if (max === 0) return { type: 'empty', ...span }
    return min === 1 && max === 1 ? body : { type: 'loop', min, max, lazy, body, ...span }
  }

  #escape(start: number): RegexNode {
    const scanner = this.#scanner
    const letter = scanner.peek()
    if (letter === undefined) return scanner.fail('The pattern ends in a lone \\', start)
    const kind = ANCHOR_ESCAPES[letter]
    const shorthand = shorthandSet(letter)
    if (kind !== undefined || shorthand !== undefined) {
      const span = { start, end: ++scanner.position }
      return kind !== undefined
        ? { type: 'anchor', kind, ...span }
        : { type: 'set', set: shorthand!, ...span }
    }
    if (letter === 'p' || letter === 'P') {
      scanner.position++
      const set = propertySet(scanner, letter === 'P')
      return { type: 'set', set, start, end: scanner.position }
    }
    const group = scanBackreference(scanner, start, this.#groups)
    if (group !== undefined) {
      const { ignoreCase } = scanner.options
      return { type: 'backreference', group, ignoreCase, start, end: scanner.position }
    }
    return this.#character(scanner.characterEscape(), start)
  }
}

/**
 * Parses a .NET regular expression (no options set from outside, invariant culture).
 *
 * @throws DotnetFailure `argument` for what .NET rejects, `unsupported` for what is refused here; both with the span
 */
export const parsePattern = (pattern: string): RegexPattern => new Parser(pattern).parse()
