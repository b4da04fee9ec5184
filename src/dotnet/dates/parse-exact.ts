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
import { isDigit, isLetter, skipWhiteSpace, startsWithIgnoringCase, trimmedLength } from './characters.js'
import { DateTime } from './date-time.js'
import { ALLOW_LEADING_WHITE, ALLOW_TRAILING_WHITE, NO_CURRENT_DATE_DEFAULT } from './date-time-styles.js'
import type { DateEnvironment } from './environment.js'
import {
  ABBREVIATED_DAY_NAMES,
  ABBREVIATED_ERA_NAME,
  ABBREVIATED_MONTH_NAMES,
  DAY_NAMES,
  ERA_NAME,
  MONTH_NAMES,
} from './names.js'
import {
  FIELD_DAY,
  FIELD_DAY_OF_WEEK,
  FIELD_HOUR,
  FIELD_MINUTE,
  FIELD_MONTH,
  FIELD_SECOND,
  FIELD_YEAR,
  invalidFormat,
  type ParsePlan,
  type ParseStep,
  STEP_ABBREVIATED_DAY_NAME,
  STEP_ABBREVIATED_MONTH_NAME,
  STEP_DAY_NAME,
  STEP_DIGITS,
  STEP_DOT,
  STEP_ERA,
  STEP_FRACTION,
  STEP_GMT,
  STEP_INVALID,
  STEP_KIND,
  STEP_LITERAL,
  STEP_MONTH_NAME,
  STEP_NOTHING,
  STEP_OFFSET,
  STEP_OFFSET_HOURS,
  STEP_ONE_OR_TWO_DIGITS,
  STEP_OPTIONAL_FRACTION,
  STEP_OPTIONAL_SPACE,
  STEP_SKIP_WHITE_SPACE,
  STEP_TIME_MARK,
  STEP_TIME_MARK_LETTER,
  STEP_UTC_MARK,
} from './parse-format.js'
import { adjustToStyles, dayWithDefaults } from './zone-adjustment.js'

const MISSING = -1
const NO_MATCH = -1
const AM = 0
const PM = 1

/**
 * DateTime.ParseExact in the invariant culture. Parts that the format lacks come from today in the host zone,
 * as in .NET; a format with a full date never depends on the clock. Fails with `format` if the text does not
 * match or names no date.
 */
export function parseExact(source: string, plan: ParsePlan, environment: DateEnvironment): DateTime {
  if (source.length === 0) throw new DotnetFailure('format', 'the text is empty')
  return new ExactParse(source, plan).run(environment)
}

/**
 * One application of a plan to a text. Every `read…` returns the position after what it read, or NO_MATCH.
 */
class ExactParse {
  private readonly source: string
  private readonly plan: ParsePlan
  private readonly length: number
  private year = MISSING
  private month = MISSING
  private dayOfMonth = MISSING
  private hour = MISSING
  private minute = MISSING
  private second = MISSING
  private dayOfWeek = MISSING
  private fraction = MISSING
  private timeMark = MISSING
  private offset: number | undefined = undefined
  private marked = false

  constructor(source: string, plan: ParsePlan) {
    this.source = source
    this.plan = plan
    this.length = (plan.styles & ALLOW_TRAILING_WHITE) !== 0 ? trimmedLength(source) : source.length
    if (plan.universal) {
      this.offset = 0
      this.marked = true
    }
  }

  run(environment: DateEnvironment): DateTime {
    const { source, length } = this
    let position = (this.plan.styles & ALLOW_LEADING_WHITE) !== 0 ? skipWhiteSpace(source, 0) : 0
    let step = this.plan.first
    while (step !== undefined) {
      switch (step.operation) {
        case STEP_LITERAL:
          if (position >= length || source.charCodeAt(position) !== step.argument) throw noMatch(position)
          position++
          break
        case STEP_DIGITS:
        case STEP_ONE_OR_TWO_DIGITS:
          position = this.readDigits(step, position)
          break
        case STEP_DOT:
          if (position < length && source.charCodeAt(position) === 0x2e) {
            position++
          } else if (step.otherwise !== undefined) {
            step = step.otherwise
            continue
          } else {
            throw noMatch(position)
          }
          break
        default: {
          const after = this.readOther(step, position)
          if (after === NO_MATCH) throw noMatch(position)
          position = after
        }
      }
      step = step.next
    }
    if (position < length) throw noMatch(position)
    return this.complete(environment)
  }

  private readOther(step: ParseStep, position: number): number {
    const { source } = this
    switch (step.operation) {
      case STEP_FRACTION:
      case STEP_OPTIONAL_FRACTION:
        return this.readFraction(position, step.argument, step.operation === STEP_OPTIONAL_FRACTION)
      case STEP_MONTH_NAME:
        return this.readName(MONTH_NAMES, position, FIELD_MONTH)
      case STEP_ABBREVIATED_MONTH_NAME:
        return this.readName(ABBREVIATED_MONTH_NAMES, position, FIELD_MONTH)
      case STEP_DAY_NAME:
        return this.readName(DAY_NAMES, position, FIELD_DAY_OF_WEEK)
      case STEP_ABBREVIATED_DAY_NAME:
        return this.readName(ABBREVIATED_DAY_NAMES, position, FIELD_DAY_OF_WEEK)
      case STEP_ERA:
        if (this.startsWith(ERA_NAME, position)) return position + ERA_NAME.length
        return this.startsWith(ABBREVIATED_ERA_NAME, position)
          ? position + ABBREVIATED_ERA_NAME.length
          : NO_MATCH
      case STEP_TIME_MARK:
        if (this.startsWith('AM', position)) return this.setTimeMark(AM, position + 2)
        return this.startsWith('PM', position) ? this.setTimeMark(PM, position + 2) : NO_MATCH
      case STEP_TIME_MARK_LETTER: {
        const letter = position < this.length ? source[position] : undefined
        if (letter === 'A') return this.setTimeMark(AM, position + 1)
        return letter === 'P' ? this.setTimeMark(PM, position + 1) : NO_MATCH
      }
      case STEP_OFFSET_HOURS:
      case STEP_OFFSET:
        return this.readOffset(position, step.argument, false)
      case STEP_KIND:
        return this.readKind(position, step.argument === 1)
      case STEP_UTC_MARK:
        return this.readUtcMark(position)
      case STEP_GMT:
        this.offset = 0
        return position + 3 <= this.length && source.startsWith('GMT', position) ? position + 3 : NO_MATCH
      case STEP_OPTIONAL_SPACE:
        return position < this.length && source.charCodeAt(position) === 0x20 ? position + 1 : position
      case STEP_SKIP_WHITE_SPACE:
        return Math.min(skipWhiteSpace(source, position), Math.max(position, this.length))
      case STEP_NOTHING:
        return position
      case STEP_INVALID:
        throw invalidFormat(step)
      default:
        return NO_MATCH
    }
  }

  private readDigits(step: ParseStep, position: number): number {
    const count = step.operation === STEP_DIGITS ? step.argument : this.digitAt(position + 1) < 0 ? 1 : 2
    let value = 0
    for (let index = position; index < position + count; index++) {
      const digit = this.digitAt(index)
      if (digit < 0) throw noMatch(position)
      // .NET adds in 32 bits, which matters if a format asks for ten digits or more.
      value = (value * 10 + digit) | 0
    }
    return this.set(step.field, value, position + count)
  }

  private readFraction(position: number, count: number, optional: boolean): number {
    let end = position
    let value = 0
    let scale = TICKS_PER_SECOND
    while (end < position + count) {
      const digit = this.digitAt(end)
      if (digit < 0) break
      value = value * 10 + digit
      scale /= 10
      end++
    }
    if (end < position + count && !optional) return NO_MATCH
    const ticks = value * scale
    if (this.fraction !== MISSING && this.fraction !== ticks) return NO_MATCH
    this.fraction = ticks
    return end
  }

  private readName(names: readonly string[], position: number, field: number): number {
    const index = names.findIndex((name) => this.startsWith(name, position))
    const name = names[index]
    if (name === undefined) return NO_MATCH
    return this.set(field, field === FIELD_MONTH ? index + 1 : index, position + name.length)
  }

  /** `+8` (one letter z), `+08` (two), `+08:00` and, unless it must have its colon, `+0800`. */
  private readOffset(position: number, letters: number, needsColon: boolean): number {
    const sign = position < this.length ? this.source[position] : undefined
    if (sign !== '+' && sign !== '-') return NO_MATCH
    const first = this.digitAt(position + 1)
    const second = this.digitAt(position + 2)
    if (first < 0 || (letters === 2 && second < 0)) return NO_MATCH
    const hours = second < 0 ? first : first * 10 + second
    let end = position + (second < 0 ? 2 : 3)
    let minutes = 0
    if (letters > 2) {
      if (end < this.length && this.source[end] === ':') end++
      else if (needsColon) return NO_MATCH
      const tens = this.digitAt(end)
      const ones = this.digitAt(end + 1)
      if (tens < 0 || tens > 5 || ones < 0) return NO_MATCH
      minutes = tens * 10 + ones
      end += 2
    }
    const size = hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE
    return this.setOffset(sign === '-' ? 0 - size : size, end)
  }

  private readKind(position: number, needsColon: boolean): number {
    const letter = position < this.length ? this.source[position] : undefined
    if (letter === 'Z') {
      this.marked = true
      return this.setOffset(0, position + 1)
    }
    return letter === '+' || letter === '-' ? this.readOffset(position, 3, needsColon) : position
  }

  private readUtcMark(position: number): number {
    this.marked = true
    for (const word of ['GMT', 'Z']) {
      const end = position + word.length
      const isWord = end >= this.length || !isLetter(this.source.charCodeAt(end))
      if (isWord && this.startsWith(word, position)) return this.setOffset(0, end)
    }
    return NO_MATCH
  }

  private setOffset(offset: number, position: number): number {
    if (this.offset !== undefined && this.offset !== offset) return NO_MATCH
    this.offset = offset
    return position
  }

  private setTimeMark(mark: number, position: number): number {
    if (this.timeMark !== MISSING && this.timeMark !== mark) return NO_MATCH
    this.timeMark = mark
    return position
  }

  /** A format may ask for the same part twice; the text must then give the same value. */
  private set(field: number, value: number, position: number): number {
    const before = this.exchange(field, value)
    if (before !== MISSING && before !== value) throw noMatch(position)
    return position
  }

  private exchange(field: number, value: number): number {
    let before = MISSING
    switch (field) {
      case FIELD_YEAR:
        before = this.year
        this.year = value
        break
      case FIELD_MONTH:
        before = this.month
        this.month = value
        break
      case FIELD_DAY:
        before = this.dayOfMonth
        this.dayOfMonth = value
        break
      case FIELD_HOUR:
        before = this.hour
        this.hour = value
        break
      case FIELD_MINUTE:
        before = this.minute
        this.minute = value
        break
      case FIELD_SECOND:
        before = this.second
        this.second = value
        break
      default:
        before = this.dayOfWeek
        this.dayOfWeek = value
    }
    return before
  }

  private digitAt(position: number): number {
    if (position >= this.length) return -1
    const code = this.source.charCodeAt(position)
    return isDigit(code) ? code - 48 : -1
  }

  private startsWith(word: string, position: number): boolean {
    return position + word.length <= this.length && startsWithIgnoringCase(this.source, position, word)
  }

  private complete(environment: DateEnvironment): DateTime {
    let { year, month, dayOfMonth } = this
    if (this.plan.twoDigitYear) {
      if (year >= 100) throw noDate()
      year = fourDigitYear(year)
    }
    const hour = this.hourOfDay()
    const timeOnly = year === MISSING && month === MISSING && dayOfMonth === MISSING
    if (year === MISSING || month === MISSING || dayOfMonth === MISSING) {
      const usesToday = (this.plan.styles & NO_CURRENT_DATE_DEFAULT) === 0
      const complete = dayWithDefaults(year, month, dayOfMonth, usesToday, environment)
      year = complete.year
      month = complete.month
      dayOfMonth = complete.dayOfMonth
    }
    const minute = this.minute === MISSING ? 0 : this.minute
    const second = this.second === MISSING ? 0 : this.second
    if (!isValidDate(year, month, dayOfMonth) || !isValidTime(hour, minute, second)) throw noDate()
    const day = dayFromDate(year, month, dayOfMonth)
    if (this.dayOfWeek !== MISSING && this.dayOfWeek !== dayOfWeekOf(day)) {
      throw new DotnetFailure('format', 'the day of the week is not that of the date')
    }
    const tick =
      hour * TICKS_PER_HOUR +
      minute * TICKS_PER_MINUTE +
      second * TICKS_PER_SECOND +
      (this.fraction === MISSING ? 0 : this.fraction)
    const parsed = new DateTime(day, tick, 'unspecified')
    const zone = { offset: this.offset, marked: this.marked, timeOnly }
    return adjustToStyles(parsed, zone, this.plan.styles, environment)
  }

  private hourOfDay(): number {
    const { hour, timeMark } = this
    if (this.plan.twelveHours) {
      if (hour > 12) throw noDate()
      return timeMark === PM ? (hour === 12 ? 12 : hour + 12) : hour === 12 ? 0 : hour
    }
    if ((timeMark === AM && hour >= 12) || (timeMark === PM && hour < 12)) throw noDate()
    return hour === MISSING ? 0 : hour
  }
}

function noMatch(position: number): DotnetFailure {
  return new DotnetFailure('format', `the text does not match the format from character ${position + 1} on`)
}

function noDate(): DotnetFailure {
  return new DotnetFailure('format', 'the text is not an existing date and time')
}
