import { DotnetFailure } from '../failure.js'
import { boundarySet } from './unicode-categories.js'

/** The options a pattern can switch inline; all are off at its start. */
export interface InlineOptions {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly explicitCapture: boolean
  readonly singleline: boolean
  readonly ignoreWhitespace: boolean
}

export const noOptions: InlineOptions = {
  ignoreCase: false,
  multiline: false,
  explicitCapture: false,
  singleline: false,
  ignoreWhitespace: false,
}

const OPTION_LETTERS: Readonly<Record<string, keyof InlineOptions>> = {
  i: 'ignoreCase',
  m: 'multiline',
  n: 'explicitCapture',
  s: 'singleline',
  x: 'ignoreWhitespace',
}

const CONTROL_ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
}
const INT32_MAX = 2147483647

export const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && boundarySet().has(character.charCodeAt(0))
export const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9'
const isPatternSpace = (character: string | undefined): boolean =>
  character !== undefined && ' \t\n\f\r'.includes(character)

/** Reads the pieces that patterns and replacement texts are made of; `position` moves past what was read. */
export class PatternScanner {
  readonly text: string
  position = 0
  options: InlineOptions = noOptions

  constructor(text: string) {
    this.text = text
  }

  get atEnd(): boolean {
    return this.position >= this.text.length
  }

  peek(ahead = 0): string | undefined {
    return this.text[this.position + ahead]
  }

  fail(message: string, start: number, end: number = this.position): never {
    const length = this.text.length
    const from = Math.min(start, length)
    throw new DotnetFailure('argument', message, from, Math.max(from, Math.min(end, length)))
  }

  /** Digits as a number; .NET's numbers end at 2³¹−1. */
  decimal(): number {
    const start = this.position
    let value = 0
    while (isDigit(this.peek())) {
      value = value * 10 + (this.text.charCodeAt(this.position++) - 48)
      if (value > INT32_MAX) this.fail('A number in the pattern is greater than 2147483647', start)
    }
    return value
  }

  /** The run of word characters at the position, possibly empty. */
  name(): string {
    const start = this.position
    while (isWordCharacter(this.peek())) this.position++
    return this.text.slice(start, this.position)
  }

  /** Switches options by letters such as `im-s` and stops at the first other character. */
  inlineOptions(): void {
    let on = true
    for (; !this.atEnd; this.position++) {
      const character = this.peek()!
      if (character === '-' || character === '+') {
        on = character === '+'
        continue
      }
      const option = OPTION_LETTERS[character.toLowerCase()]
      if (option === undefined) return
      this.options = { ...this.options, [option]: on }
    }
  }

  /** Skips comments and, with x, white space. */
  skipBlank(): void {
    for (;;) {
      if (this.options.ignoreWhitespace) {
        while (isPatternSpace(this.peek())) this.position++
        if (this.peek() === '#') {
          const end = this.text.indexOf('\n', this.position)
          this.position = end < 0 ? this.text.length : end
          continue
        }
      }
      if (!this.text.startsWith('(?#', this.position)) return
      const end = this.text.indexOf(')', this.position)
      if (end < 0) this.fail('The comment (?# is not closed', this.position, this.text.length)
      this.position = end + 1
    }
  }

  /** Whether a quantifier stands at the position: `*`, `+`, `?`, or a complete `{n}`, `{n,}`, `{n,m}`. */
  atQuantifier(): boolean {
    const character = this.peek()
    if (character === '*' || character === '+' || character === '?') return true
    if (character !== '{') return false
    let at = this.position + 1
    const digits = at
    while (isDigit(this.text[at])) at++
    if (at === digits) return false
    if (this.text[at] === ',') {
      at++
      while (isDigit(this.text[at])) at++
    }
    return this.text[at] === '}'
  }

  /** The code unit an escape stands for; the position is behind the backslash. */
  characterEscape(): number {
    const start = this.position - 1
    const character = this.text[this.position++]!
    if (character >= '0' && character <= '7') return this.#octal()
    if (character === 'x') return this.#hexadecimal(2, start)
    if (character === 'u') return this.#hexadecimal(4, start)
    if (character === 'c') return this.#control(start)
    const control = CONTROL_ESCAPES[character]
    if (control !== undefined) return control
    if (isWordCharacter(character)) this.fail(`Unrecognized escape sequence \\${character}`, start)
    return character.charCodeAt(0)
  }

  /** The name in `{name}` behind \p or \P. */
  propertyName(): string {
    const start = this.position - 2
    const malformed = 'A Unicode category or block is written \\p{name}'
    if (this.position + 2 >= this.text.length || this.peek() !== '{') this.fail(malformed, start)
    const nameStart = ++this.position
    while (isWordCharacter(this.peek()) || this.peek() === '-') this.position++
    const name = this.text.slice(nameStart, this.position)
    if (this.peek() !== '}') this.fail(malformed, start)
    this.position++
    return name
  }

  /** Up to three octal digits, of which the low eight bits count; the first is already read. */
  #octal(): number {
    this.position--
    let value = 0
    for (let digits = 0; digits < 3; digits++) {
      const character = this.peek()
      if (character === undefined || character < '0' || character > '7') break
      value = value * 8 + (character.charCodeAt(0) - 48)
      this.position++
    }
    return value & 0xff
  }

  #hexadecimal(length: number, start: number): number {
    const digits = this.text.slice(this.position, this.position + length)
    this.position += digits.length
    if (digits.length < length || !/^[\da-fA-F]+$/.test(digits)) {
      this.fail(`\\${length === 2 ? 'x' : 'u'} needs ${length} hexadecimal digits`, start)
    }
    return Number.parseInt(digits, 16)
  }

  #control(start: number): number {
    const letter = this.text[this.position++]
    if (letter === undefined) this.fail('\\c needs a control character', start)
    const upper = letter >= 'a' && letter <= 'z' ? letter.toUpperCase() : letter
    const code = upper.charCodeAt(0) - 64
    if (code < 0 || code >= 32) this.fail(`\\c${letter} is not a control character`, start)
    return code
  }
}
