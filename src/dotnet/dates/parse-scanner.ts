import { TICKS_PER_HOUR, TICKS_PER_MINUTE } from './calendar.js'
import { isDigit, isWhiteSpace, skipWhiteSpace } from './characters.js'
import { type Separator, separatorAt } from './parse-tokens.js'

/** The longest number .NET reads in a date, in digits. */
export const LONGEST_NUMBER = 8
const RIGHT_TO_LEFT_MARK = 0x200f
/** Two number signs around everything but white space and, after the second, nulls. */
const HASH_LITERAL = /^\s*#[^#\0]*#[\s\0]*$/
const NULLS_TO_END = /^\0+$/

/** A text and a position in it, with what DateTime.Parse reads below the level of tokens. */
export class DateScanner {
  readonly text: string
  position = 0

  constructor(text: string) {
    this.text = text
  }

  atEnd(): boolean {
    return this.position >= this.text.length
  }

  /** The unit at the position, or undefined at the end. */
  current(): string | undefined {
    return this.text[this.position]
  }

  skipWhiteSpace(): void {
    this.position = skipWhiteSpace(this.text, this.position)
  }

  separator(): Separator {
    const { text } = this
    let code = text.charCodeAt(this.position)
    while (this.position < text.length && (isWhiteSpace(code) || code === RIGHT_TO_LEFT_MARK)) {
      code = text.charCodeAt(++this.position)
    }
    if (this.position >= text.length) return 'end'
    const found = isDigit(code) ? undefined : separatorAt(text, this.position)
    if (found === undefined) return 'space'
    this.position += found.text.length
    return found.meaning
  }

  /**
   * Skips the sign of Visual Basic's date literals, `#1/2/2020#`, or nulls at the end. Returns false if there
   * is neither.
   */
  passHashOrNulls(): boolean {
    if (this.current() === '#' && HASH_LITERAL.test(this.text)) this.position++
    else if (NULLS_TO_END.test(this.text.slice(this.position))) this.position = this.text.length
    else return false
    return true
  }

  /** The number at the position, of at most `limit` digits; returns 0 without moving if there is none. */
  digits(limit: number): number {
    const start = this.position
    let value = 0
    while (this.position - start < limit) {
      const code = this.text.charCodeAt(this.position)
      if (!isDigit(code)) break
      value = value * 10 + code - 48
      this.position++
    }
    return value
  }

  beforeLast(): boolean {
    return this.position < this.text.length - 1
  }

  /**
   * The fraction of a second after the dot at the position; undefined if there are no digits. It adds up
   * binary fractions as .NET does: from the eighth digit on, that decides how the sum is rounded.
   */
  fraction(): number | undefined {
    const start = ++this.position
    let base = 0.1
    let sum = 0
    for (
      let code = this.text.charCodeAt(start);
      isDigit(code);
      code = this.text.charCodeAt(++this.position)
    ) {
      sum += (code - 48) * base
      base *= 0.1
    }
    return this.position > start ? sum : undefined
  }

  /**
   * `+8`, `+08`, `+8:0`, `+800` or `+0800`; undefined if there is none, in which case the position is
   * unspecified.
   */
  offset(): number | undefined {
    const negative = this.current() === '-'
    const start = ++this.position
    const value = this.digits(LONGEST_NUMBER + 1)
    const length = this.position - start
    if (length < 1 || length > 4) return undefined
    let hours = value
    let minutes = 0
    if (length > 2) {
      hours = Math.floor(value / 100)
      minutes = value % 100
    } else if (this.current() === ':') {
      const minuteStart = ++this.position
      minutes = this.digits(LONGEST_NUMBER + 1)
      const minuteLength = this.position - minuteStart
      if (minuteLength < 1 || minuteLength > 2) return undefined
    }
    if (minutes >= 60) return undefined
    const size = hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE
    return negative ? 0 - size : size
  }
}
