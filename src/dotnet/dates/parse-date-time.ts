import { DotnetFailure } from '../failure.js'
import {
  dayFromDate,
  dayOfWeekOf,
  fourDigitYear,
  isValidDate,
  isValidTime,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
} from './calendar.js'
import { isDigit, isLetter, isWhiteSpace, skipWhiteSpace } from './characters.js'
import { DateTime } from './date-time.js'
import { ADJUST_TO_UNIVERSAL, ASSUME_UNIVERSAL } from './date-time-styles.js'
import { type DateEnvironment, hostToday } from './environment.js'
import {
  type CompletePart,
  isComplete,
  type ParseState,
  type ParseToken,
  transitionFrom,
} from './parse-states.js'
import { isSuffix, type Separator, type Suffix, separatorAt, wordAt } from './parse-tokens.js'
import { adjustToStyles, dayWithDefaults } from './zone-adjustment.js'

const STYLES = ASSUME_UNIVERSAL | ADJUST_TO_UNIVERSAL
const MISSING = -1
const LONGEST_NUMBER = 8
const GREATEST_NUMBER_COUNT = 3
const RIGHT_TO_LEFT_MARK = 0x200f

/**
 * DateTime.Parse in the invariant culture, without a format: a date without a zone counts as UTC, one with an
 * offset is converted, so the result is always UTC. Missing parts come from the current date in the host zone.
 * Fails with `format` on any text .NET does not accept.
 */
export function parseDateTime(source: string, environment: DateEnvironment): DateTime {
  return new FreeParse(source, environment).run()
}

/**
 * Reads token by token; a state machine says which may follow which, and every complete date or time sends it
 * back to the beginning.
 */
class FreeParse {
  private readonly text: string
  private readonly environment: DateEnvironment
  private position = 0
  private state: ParseState = 'begin'
  private foundPart = false

  // What the tokens of the part being read gave.
  private numbers: number[] = []
  private monthName = MISSING
  private longYear = MISSING
  private dayOfWeek = MISSING
  private pm: boolean | undefined = undefined
  private fraction = 0
  private offset: number | undefined = undefined
  private marked = false

  // What complete parts gave.
  private year = MISSING
  private month = MISSING
  private dayOfMonth = MISSING
  private hour = 0
  private minute = 0
  private second = 0
  private hasDate = false
  private hasTime = false
  private readonly suffixesSeen = new Set<Suffix>()

  constructor(text: string, environment: DateEnvironment) {
    this.text = text
    this.environment = environment
  }

  run(): DateTime {
    if (this.text.length === 0) throw new DotnetFailure('format', 'the text is empty')
    let token: ParseToken | undefined
    do {
      token = this.nextToken()
      if (this.isoTime !== undefined) return this.isoTime
      if (token !== undefined) this.advance(token)
    } while (token !== 'end' && token !== 'n end' && token !== 'M end')
    if (!this.foundPart) throw this.fault()
    return this.result()
  }

  /** Set once the text turned out to be an ISO 8601 date and time, which is read to its end in one go. */
  private isoTime: DateTime | undefined = undefined

  private advance(token: ParseToken): void {
    const next = transitionFrom(this.state, token)
    if (next === undefined) throw this.fault()
    if (isComplete(next)) {
      this.complete(next)
      this.foundPart = true
      this.state = 'begin'
    } else {
      this.state = next
    }
  }

  // Tokens

  /** Undefined for what may stand anywhere and means nothing to the state machine. */
  private nextToken(): ParseToken | undefined {
    const { text } = this
    this.position = skipWhiteSpace(text, this.position)
    if (this.position >= text.length) return 'end'
    const code = text.charCodeAt(this.position)
    if (isDigit(code)) return this.number()
    const word = wordAt(text, this.position)
    if (word === undefined) return this.sign(code)
    this.position += word.text.length
    switch (word.meaning) {
      case 'month':
        return this.monthWord(word.value)
      case 'dayOfWeek':
        if (this.dayOfWeek !== MISSING) throw this.fault()
        this.dayOfWeek = word.value
        return 'day of week'
      case 'era':
        return 'era'
      case 'utc':
        if (this.offset !== undefined) throw this.fault()
        this.offset = 0
        this.marked = true
        return 'zone'
      case 'am':
      case 'pm':
        if (this.pm !== undefined) throw this.fault()
        this.pm = word.meaning === 'pm'
        return undefined
      default:
        return undefined
    }
  }

  private number(): ParseToken | undefined {
    const start = this.position
    const value = this.digits(Number.POSITIVE_INFINITY)
    const length = this.position - start
    if (length > LONGEST_NUMBER || this.numbers.length === GREATEST_NUMBER_COUNT) throw this.fault()
    const inTime = this.state === 'n:' || this.state === 'n:n:'
    if (this.state === 'n:n:' && this.beforeLast() && this.text[this.position] === '.') this.readFraction()
    if (inTime) this.readOffsetIfAny()
    if (length > 2) return this.yearNumber(value)
    const before = this.position
    const separator = this.separator()
    switch (separator) {
      case 'am':
      case 'pm':
        return this.numberWithTimeMark(value, separator === 'pm', inTime)
      case 'timePart':
        this.numbers.push(value)
        if (this.state !== 'yn' && this.state !== 'yn/') throw this.fault()
        this.isoTime = this.readIsoTime()
        return undefined
      case 'end':
        this.numbers.push(value)
        return 'n end'
      case 'space':
        this.numbers.push(value)
        return 'n space'
      case 'date':
        this.numbers.push(value)
        return 'n /'
      case 'dateOrOffset':
        this.numbers.push(value)
        return this.hyphenAfter('n /', 'n space', before)
      case 'time':
        this.numbers.push(value)
        return 'n :'
      default:
        return this.suffixed(separator, separator === 'year' ? fourDigitYear(value) : value)
    }
  }

  private yearNumber(value: number): ParseToken | undefined {
    if (this.longYear !== MISSING) throw this.fault()
    this.longYear = value
    const before = this.position
    const separator = this.separator()
    switch (separator) {
      case 'end':
        return 'y end'
      case 'space':
        return 'y space'
      case 'date':
        return 'y /'
      case 'dateOrOffset':
        return this.hyphenAfter('y /', 'y space', before)
      case 'am':
      case 'pm':
        // .NET notes a second mark as a fault and then forgets the number with it, so the text still parses.
        if (this.pm !== undefined) return undefined
        this.pm = separator === 'pm'
        return 'y space'
      default:
        if (!isSuffix(separator)) throw this.fault()
        return this.suffixed(separator, value)
    }
  }

  private numberWithTimeMark(value: number, pm: boolean, inTime: boolean): ParseToken | undefined {
    // As after a year: a second mark makes .NET pass over the number.
    if (this.pm !== undefined) return undefined
    this.pm = pm
    // In `1/10 5 AM` the first two numbers are a date and the third an hour.
    if (this.state === 'n/n') this.complete('date nn')
    this.numbers.push(value)
    if (inTime) this.readOffsetIfAny()
    return 'n am/pm'
  }

  private monthWord(month: number): ParseToken {
    if (this.monthName !== MISSING) throw this.fault()
    this.monthName = month
    const before = this.position
    switch (this.separator()) {
      case 'end':
        return 'M end'
      case 'space':
        return 'M space'
      case 'date':
        return 'M /'
      case 'dateOrOffset':
        return this.hyphenAfter('M /', 'M space', before)
      default:
        throw this.fault()
    }
  }

  /** A hyphen that cannot continue the date, where the date could end, is left to begin an offset. */
  private hyphenAfter(dateToken: ParseToken, endToken: ParseToken, before: number): ParseToken {
    if (transitionFrom(this.state, dateToken) !== undefined) return dateToken
    const ending = transitionFrom(this.state, endToken)
    if (ending === undefined || !isComplete(ending)) return dateToken
    this.position = before
    return endToken
  }

  private suffixed(suffix: Suffix, value: number): ParseToken {
    if (this.suffixesSeen.has(suffix)) throw this.fault()
    this.suffixesSeen.add(suffix)
    switch (suffix) {
      case 'year':
        this.year = value
        this.longYear = value
        return 'n date~'
      case 'month':
        this.month = value
        this.monthName = value
        return 'n date~'
      case 'dayOfMonth':
        this.dayOfMonth = value
        return 'n date~'
      case 'hour':
        this.hour = value
        return 'n time~'
      case 'minute':
        this.minute = value
        return 'n time~'
      default:
        this.second = value
        return 'n time~'
    }
  }

  private sign(code: number): undefined {
    if (isLetter(code)) throw this.fault()
    if ((code === 0x2b || code === 0x2d) && this.offset === undefined) {
      const start = this.position
      const offset = this.readOffset()
      if (offset !== undefined) {
        this.offset = offset
        return undefined
      }
      this.position = start
    }
    this.position = this.afterHashOrNulls(this.position)
  }

  private separator(): Separator {
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

  /** Visual Basic's date literals, `#1/2/2020#`, and nulls at the end are allowed; gives the position after. */
  private afterHashOrNulls(position: number): number {
    if (this.text[position] === '#' && HASH_LITERAL.test(this.text)) return position + 1
    if (NULLS_TO_END.test(this.text.slice(position))) return this.text.length
    throw this.fault()
  }

  // Numbers within tokens

  private digits(limit: number): number {
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

  private beforeLast(): boolean {
    return this.position < this.text.length - 1
  }

  /** Adds up binary fractions as .NET does: from the eighth digit on, that decides how the sum is rounded. */
  private readFraction(): boolean {
    const start = ++this.position
    let base = 0.1
    this.fraction = 0
    for (
      let code = this.text.charCodeAt(start);
      isDigit(code);
      code = this.text.charCodeAt(++this.position)
    ) {
      this.fraction += (code - 48) * base
      base *= 0.1
    }
    return this.position > start
  }

  private readOffsetIfAny(): void {
    if (!this.beforeLast()) return
    const position = skipWhiteSpace(this.text, this.position)
    const sign = this.text[position]
    if (sign !== '+' && sign !== '-') return
    this.position = position
    if (this.offset !== undefined) throw this.fault()
    this.offset = this.readOffset()
    if (this.offset === undefined) throw this.fault()
  }

  /** `+8`, `+08`, `+8:0`, `+800` or `+0800`; undefined if there is none, the position then being anywhere. */
  private readOffset(): number | undefined {
    const negative = this.text[this.position] === '-'
    const start = ++this.position
    const value = this.digits(LONGEST_NUMBER + 1)
    const length = this.position - start
    if (length < 1 || length > 4) return undefined
    let hours = value
    let minutes = 0
    if (length > 2) {
      hours = Math.floor(value / 100)
      minutes = value % 100
    } else if (this.text[this.position] === ':') {
      const minuteStart = ++this.position
      minutes = this.digits(LONGEST_NUMBER + 1)
      const minuteLength = this.position - minuteStart
      if (minuteLength < 1 || minuteLength > 2) return undefined
    }
    if (minutes >= 60) return undefined
    const size = hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE
    return negative ? 0 - size : size
  }

  // Complete parts

  private complete(part: CompletePart): void {
    const [first, second, third] = this.numbers as [number, number, number]
    switch (part) {
      case 'date nn':
        this.setDate(this.thisYear(), first, second)
        break
      case 'date nnn':
        this.setDate(completedYear(third), first, second)
        break
      case 'date Mn':
        this.setDate(this.thisYear(), this.monthName, first, false)
        break
      case 'date nM':
        // With the invariant year-month pattern `yyyy MMMM`, a number before a month is a year.
        this.setDate(completedYear(first), this.monthName, 1, false)
        break
      case 'date Mnn': {
        const dayFirst = isValidDate(completedYear(second), this.monthName, first)
        this.setDate(completedYear(dayFirst ? second : first), this.monthName, dayFirst ? first : second)
        break
      }
      case 'date ynn':
      case 'date nny':
        this.setDate(this.longYear, first, second)
        break
      case 'date yMn':
        this.setDate(this.longYear, this.monthName, first)
        break
      case 'date yn':
        this.setDate(this.longYear, first, 1)
        break
      case 'date yM':
        this.setDate(this.longYear, this.monthName, 1)
        break
      case 'time n':
        // One number is a time only with AM or PM.
        if (this.pm === undefined) throw this.fault()
        this.setTime(first, this.minute, this.second)
        break
      case 'time nn':
        this.setTime(first, second, this.second)
        break
      case 'time nnn':
        this.setTime(first, second, third)
        break
      case 'date suffixed n':
        if (this.numbers.length !== 1 || this.dayOfMonth !== MISSING) throw this.fault()
        this.dayOfMonth = first
        break
      case 'date n suffixed':
        if (this.month === MISSING || this.year !== MISSING) throw this.fault()
        this.year = completedYear(first)
        this.dayOfMonth = 1
        break
      case 'date nn suffixed':
        this.completeTwoNumbersAndSuffix(first, second)
        break
      default:
      // `date suffixed` and `time suffixed`: the suffixes have put every number in its place.
    }
    this.numbers = []
  }

  private completeTwoNumbersAndSuffix(first: number, second: number): void {
    const has = (suffix: Suffix): boolean => this.suffixesSeen.has(suffix)
    if (has('dayOfMonth') || has('year') === has('month')) throw this.fault()
    if (has('year')) this.setDate(completedYear(this.longYear), first, second, false)
    else this.setDate(completedYear(second), this.month, first, false)
  }

  /** .NET lets a date with a month name and no year follow nothing, and be followed by another date. */
  private setDate(year: number, month: number, dayOfMonth: number, isOnly = true): void {
    if (this.hasDate || !isValidDate(year, month, dayOfMonth)) throw this.fault()
    this.year = year
    this.month = month
    this.dayOfMonth = dayOfMonth
    this.hasDate = isOnly
  }

  private setTime(hour: number, minute: number, second: number): void {
    if (this.hasTime) throw this.fault()
    this.hour = hour
    this.minute = minute
    this.second = second
    this.hasTime = true
  }

  private thisYear(): number {
    return new DateTime(hostToday(this.environment), 0, 'local').year
  }

  // Results

  private result(): DateTime {
    const timeOnly = this.year === MISSING && this.month === MISSING && this.dayOfMonth === MISSING
    const { year, month, dayOfMonth } = dayWithDefaults(
      this.year,
      this.month,
      this.dayOfMonth,
      true,
      this.environment,
    )
    const parsed = this.dateTime(year, month, dayOfMonth, this.hourOfDay(), this.minute, this.second)
    if (this.dayOfWeek !== MISSING && this.dayOfWeek !== dayOfWeekOf(parsed.day)) {
      throw new DotnetFailure('format', 'the day of the week is not that of the date')
    }
    return this.adjusted(parsed, timeOnly)
  }

  private hourOfDay(): number {
    const { hour, pm } = this
    if (pm === undefined) return hour
    if (hour > (pm ? 23 : 12)) throw this.fault()
    if (pm) return hour < 12 ? hour + 12 : hour
    return hour === 12 ? 0 : hour
  }

  /** What follows the `T` of `2020-01-02T`: the rest of the text must be a time and at most a zone. */
  private readIsoTime(): DateTime {
    const hour = this.isoDigits()
    this.expectColon()
    const minute = this.isoDigits()
    let second = 0
    if (this.text[this.position] === ':') {
      this.position++
      second = this.isoDigits(false)
      if (this.text[this.position] === '.' && !this.readFraction()) throw this.fault()
      this.position = skipWhiteSpace(this.text, this.position)
    }
    const sign = this.text[this.position]
    if (sign === '+' || sign === '-') {
      this.offset = this.readOffset()
      if (this.offset === undefined) throw this.fault()
    } else if (sign === 'Z' || sign === 'z') {
      this.position++
      this.offset = 0
      this.marked = true
    }
    this.expectEnd()
    const [month, dayOfMonth] = this.numbers as [number, number]
    return this.adjusted(this.dateTime(this.longYear, month, dayOfMonth, hour, minute, second), false)
  }

  private isoDigits(skipAfter = true): number {
    this.position = skipWhiteSpace(this.text, this.position)
    const start = this.position
    const value = this.digits(2)
    if (this.position - start < 2) throw this.fault()
    if (skipAfter) this.position = skipWhiteSpace(this.text, this.position)
    return value
  }

  private expectColon(): void {
    if (this.text[this.position] !== ':') throw this.fault()
    this.position++
  }

  private expectEnd(): void {
    this.position = skipWhiteSpace(this.text, this.position)
    if (this.text[this.position] === '#') {
      // One more unit goes with the closing sign; it can only be white space or a null.
      this.position = skipWhiteSpace(this.text, this.afterHashOrNulls(this.position) + 1)
    }
    if (this.text[this.position] === '\0') this.position = this.afterHashOrNulls(this.position)
    if (this.position < this.text.length) throw this.fault()
  }

  private dateTime(
    year: number,
    month: number,
    dayOfMonth: number,
    hour: number,
    minute: number,
    second: number,
  ): DateTime {
    if (!isValidDate(year, month, dayOfMonth) || !isValidTime(hour, minute, second)) throw this.fault()
    const tick = hour * TICKS_PER_HOUR + minute * TICKS_PER_MINUTE + second * TICKS_PER_SECOND
    const parsed = new DateTime(dayFromDate(year, month, dayOfMonth), tick, 'unspecified')
    if (this.fraction === 0) return parsed
    try {
      return parsed.addTicks(roundHalfToEven(this.fraction * TICKS_PER_SECOND))
    } catch {
      throw this.fault()
    }
  }

  private adjusted(parsed: DateTime, timeOnly: boolean): DateTime {
    const zone = { offset: this.offset, marked: this.marked, timeOnly }
    return adjustToStyles(parsed, zone, STYLES, this.environment)
  }

  private fault(): DotnetFailure {
    return new DotnetFailure('format', 'the text is not a date that can be read')
  }
}

/** Two number signs around everything but white space and, after the second, nulls. */
const HASH_LITERAL = /^\s*#[^#\0]*#[\s\0]*$/
const NULLS_TO_END = /^\0+$/

/** A year of one or two digits is completed, a longer one is taken as it is. */
function completedYear(year: number): number {
  return year < 100 ? fourDigitYear(year) : year
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}
