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
import { isDigit, isLetter, skipWhiteSpace } from './characters.js'
import { DateTime } from './date-time.js'
import { ADJUST_TO_UNIVERSAL, ASSUME_UNIVERSAL } from './date-time-styles.js'
import { type DateEnvironment, hostToday } from './environment.js'
import { DateParts, MISSING, unreadable } from './parse-parts.js'
import { DateScanner, LONGEST_NUMBER } from './parse-scanner.js'
import { isComplete, type ParseState, type ParseToken, transitionFrom } from './parse-states.js'
import { isSuffix, wordAt } from './parse-tokens.js'
import { adjustToStyles, dayWithDefaults } from './zone-adjustment.js'

const STYLES = ASSUME_UNIVERSAL | ADJUST_TO_UNIVERSAL
const GREATEST_NUMBER_COUNT = 3

/**
 * DateTime.Parse in the invariant culture, without a format: a date without a zone counts as UTC, one with an
 * offset is converted, so the result is always UTC. Missing parts come from the current date in the host zone.
 * Fails with `format` on any text .NET does not accept.
 */
export function parseDateTime(source: string, environment: DateEnvironment): DateTime {
  return new FreeParse(source, environment).run()
}

/**
 * Reads token by token. A state machine decides which token may follow; every complete date or time resets
 * it.
 */
class FreeParse {
  private readonly scanner: DateScanner
  private readonly parts: DateParts
  private readonly environment: DateEnvironment
  private state: ParseState = 'begin'
  private foundPart = false

  private dayOfWeek = MISSING
  private fraction = 0
  private offset: number | undefined = undefined
  private marked = false
  /** Set once the text proves to be an ISO 8601 date and time, which is then read to its end at once. */
  private isoTime: DateTime | undefined = undefined

  constructor(text: string, environment: DateEnvironment) {
    this.scanner = new DateScanner(text)
    this.parts = new DateParts(() => new DateTime(hostToday(environment), 0, 'local').year)
    this.environment = environment
  }

  run(): DateTime {
    if (this.scanner.text.length === 0) throw new DotnetFailure('format', 'the text is empty')
    let token: ParseToken | undefined
    do {
      token = this.nextToken()
      if (this.isoTime !== undefined) return this.isoTime
      if (token !== undefined) this.advance(token)
    } while (token !== 'end' && token !== 'n end' && token !== 'M end')
    if (!this.foundPart) throw unreadable()
    return this.result()
  }

  private advance(token: ParseToken): void {
    const next = transitionFrom(this.state, token)
    if (next === undefined) throw unreadable()
    if (isComplete(next)) {
      this.parts.complete(next)
      this.foundPart = true
      this.state = 'begin'
    } else {
      this.state = next
    }
  }

  // Tokens

  /** Undefined for a token that may occur anywhere and does not matter to the state machine. */
  private nextToken(): ParseToken | undefined {
    const { scanner } = this
    scanner.skipWhiteSpace()
    if (scanner.atEnd()) return 'end'
    const code = scanner.text.charCodeAt(scanner.position)
    if (isDigit(code)) return this.number()
    const word = wordAt(scanner.text, scanner.position)
    if (word === undefined) return this.sign(code)
    scanner.position += word.text.length
    switch (word.meaning) {
      case 'month':
        return this.monthWord(word.value)
      case 'dayOfWeek':
        if (this.dayOfWeek !== MISSING) throw unreadable()
        this.dayOfWeek = word.value
        return 'day of week'
      case 'era':
        return 'era'
      case 'utc':
        if (this.offset !== undefined) throw unreadable()
        this.offset = 0
        this.marked = true
        return 'zone'
      case 'am':
      case 'pm':
        if (this.parts.pm !== undefined) throw unreadable()
        this.parts.pm = word.meaning === 'pm'
        return undefined
      default:
        return undefined
    }
  }

  private number(): ParseToken | undefined {
    const start = this.scanner.position
    const value = this.scanner.digits(Number.POSITIVE_INFINITY)
    const length = this.scanner.position - start
    if (length > LONGEST_NUMBER || this.parts.numbers.length === GREATEST_NUMBER_COUNT) throw unreadable()
    const inTime = this.state === 'n:' || this.state === 'n:n:'
    if (this.state === 'n:n:' && this.scanner.beforeLast() && this.scanner.current() === '.') {
      this.fraction = this.scanner.fraction() ?? 0
    }
    if (inTime) this.readOffsetIfAny()
    if (length > 2) return this.yearNumber(value)
    const before = this.scanner.position
    const separator = this.scanner.separator()
    switch (separator) {
      case 'am':
      case 'pm':
        return this.numberWithTimeMark(value, separator === 'pm', inTime)
      case 'timePart':
        this.parts.numbers.push(value)
        if (this.state !== 'yn' && this.state !== 'yn/') throw unreadable()
        this.isoTime = this.readIsoTime()
        return undefined
      case 'end':
        this.parts.numbers.push(value)
        return 'n end'
      case 'space':
        this.parts.numbers.push(value)
        return 'n space'
      case 'date':
        this.parts.numbers.push(value)
        return 'n /'
      case 'dateOrOffset':
        this.parts.numbers.push(value)
        return this.hyphenAfter('n /', 'n space', before)
      case 'time':
        this.parts.numbers.push(value)
        return 'n :'
      default:
        return this.parts.addSuffixed(separator, separator === 'year' ? fourDigitYear(value) : value)
    }
  }

  private yearNumber(value: number): ParseToken | undefined {
    if (this.parts.longYear !== MISSING) throw unreadable()
    this.parts.longYear = value
    const before = this.scanner.position
    const separator = this.scanner.separator()
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
        // .NET records a second mark as a fault and then drops it with the number, so the text still parses.
        if (this.parts.pm !== undefined) return undefined
        this.parts.pm = separator === 'pm'
        return 'y space'
      default:
        if (!isSuffix(separator)) throw unreadable()
        return this.parts.addSuffixed(separator, value)
    }
  }

  private numberWithTimeMark(value: number, pm: boolean, inTime: boolean): ParseToken | undefined {
    // As after a year: .NET skips the number at a second mark.
    if (this.parts.pm !== undefined) return undefined
    this.parts.pm = pm
    // In `1/10 5 AM` the first two numbers are a date and the third an hour.
    if (this.state === 'n/n') this.parts.complete('date nn')
    this.parts.numbers.push(value)
    if (inTime) this.readOffsetIfAny()
    return 'n am/pm'
  }

  private monthWord(month: number): ParseToken {
    if (this.parts.monthName !== MISSING) throw unreadable()
    this.parts.monthName = month
    const before = this.scanner.position
    switch (this.scanner.separator()) {
      case 'end':
        return 'M end'
      case 'space':
        return 'M space'
      case 'date':
        return 'M /'
      case 'dateOrOffset':
        return this.hyphenAfter('M /', 'M space', before)
      default:
        throw unreadable()
    }
  }

  /** Where the date could end, a hyphen that cannot continue it is left to begin an offset. */
  private hyphenAfter(dateToken: ParseToken, endToken: ParseToken, before: number): ParseToken {
    if (transitionFrom(this.state, dateToken) !== undefined) return dateToken
    const ending = transitionFrom(this.state, endToken)
    if (ending === undefined || !isComplete(ending)) return dateToken
    this.scanner.position = before
    return endToken
  }

  private sign(code: number): undefined {
    if (isLetter(code)) throw unreadable()
    if ((code === 0x2b || code === 0x2d) && this.offset === undefined) {
      const start = this.scanner.position
      const offset = this.scanner.offset()
      if (offset !== undefined) {
        this.offset = offset
        return undefined
      }
      this.scanner.position = start
    }
    if (!this.scanner.passHashOrNulls()) throw unreadable()
  }

  private readOffsetIfAny(): void {
    if (!this.scanner.beforeLast()) return
    const position = skipWhiteSpace(this.scanner.text, this.scanner.position)
    const sign = this.scanner.text[position]
    if (sign !== '+' && sign !== '-') return
    this.scanner.position = position
    if (this.offset !== undefined) throw unreadable()
    this.offset = this.scanner.offset()
    if (this.offset === undefined) throw unreadable()
  }

  // Results

  private result(): DateTime {
    const { parts } = this
    const timeOnly = parts.timeOnly()
    const date = dayWithDefaults(parts.year, parts.month, parts.dayOfMonth, true, this.environment)
    const hour = parts.hourOfDay()
    const parsed = this.dateTime(date.year, date.month, date.dayOfMonth, hour, parts.minute, parts.second)
    if (this.dayOfWeek !== MISSING && this.dayOfWeek !== dayOfWeekOf(parsed.day)) {
      throw new DotnetFailure('format', 'the day of the week is not that of the date')
    }
    return this.adjusted(parsed, timeOnly)
  }

  /** Reads what follows the `T` of `2020-01-02T`: the rest of the text must be a time and at most a zone. */
  private readIsoTime(): DateTime {
    const hour = this.isoDigits()
    this.expectColon()
    const minute = this.isoDigits()
    let second = 0
    if (this.scanner.current() === ':') {
      this.scanner.position++
      second = this.isoDigits(false)
      if (this.scanner.current() === '.') this.fraction = this.scanner.fraction() ?? Number.NaN
      if (Number.isNaN(this.fraction)) throw unreadable()
      this.scanner.skipWhiteSpace()
    }
    const sign = this.scanner.current()
    if (sign === '+' || sign === '-') {
      this.offset = this.scanner.offset()
      if (this.offset === undefined) throw unreadable()
    } else if (sign === 'Z' || sign === 'z') {
      this.scanner.position++
      this.offset = 0
      this.marked = true
    }
    this.expectEnd()
    const [month, dayOfMonth] = this.parts.numbers as [number, number]
    return this.adjusted(this.dateTime(this.parts.longYear, month, dayOfMonth, hour, minute, second), false)
  }

  private isoDigits(skipAfter = true): number {
    this.scanner.skipWhiteSpace()
    const start = this.scanner.position
    const value = this.scanner.digits(2)
    if (this.scanner.position - start < 2) throw unreadable()
    if (skipAfter) this.scanner.skipWhiteSpace()
    return value
  }

  private expectColon(): void {
    if (this.scanner.current() !== ':') throw unreadable()
    this.scanner.position++
  }

  private expectEnd(): void {
    const { scanner } = this
    scanner.skipWhiteSpace()
    if (scanner.current() === '#') {
      if (!scanner.passHashOrNulls()) throw unreadable()
      // The unit after the closing sign is skipped, too; it can only be white space or a null.
      scanner.position++
      scanner.skipWhiteSpace()
    }
    if (scanner.current() === '\0' && !scanner.passHashOrNulls()) throw unreadable()
    if (!scanner.atEnd()) throw unreadable()
  }

  private dateTime(
    year: number,
    month: number,
    dayOfMonth: number,
    hour: number,
    minute: number,
    second: number,
  ): DateTime {
    if (!isValidDate(year, month, dayOfMonth) || !isValidTime(hour, minute, second)) throw unreadable()
    const tick = hour * TICKS_PER_HOUR + minute * TICKS_PER_MINUTE + second * TICKS_PER_SECOND
    const parsed = new DateTime(dayFromDate(year, month, dayOfMonth), tick, 'unspecified')
    if (this.fraction === 0) return parsed
    try {
      return parsed.addTicks(roundHalfToEven(this.fraction * TICKS_PER_SECOND))
    } catch {
      throw unreadable()
    }
  }

  private adjusted(parsed: DateTime, timeOnly: boolean): DateTime {
    const zone = { offset: this.offset, marked: this.marked, timeOnly }
    return adjustToStyles(parsed, zone, STYLES, this.environment)
  }
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}
