import { DotnetFailure } from '../failure.js'
import {
  dayOfWeekOf,
  LAST_DAY,
  packedDate,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
} from './calendar.js'
import { DateTime } from './date-time.js'
import { type DateEnvironment, offsetAtLocal } from './environment.js'
import { fourDigits, TWO_DIGITS } from './invariant-text.js'
import { ABBREVIATED_DAY_NAMES, ABBREVIATED_MONTH_NAMES, DAY_NAMES, ERA_NAME, MONTH_NAMES } from './names.js'
import { GREATEST_FRACTION_LENGTH, quotedText, runLength, STANDARD_FORMATS } from './standard-formats.js'

/** One piece of output: literal text, or a specifier and how often its letter is repeated. */
type FormatStep = { readonly specifier: string; readonly count: number; readonly text: string }

/** An output format, read once. */
export type FormatPlan = {
  readonly steps: readonly FormatStep[]
  /** The standard format `U`: converts to UTC first. */
  readonly universal: boolean
}

const LITERAL = ''
const SPECIFIERS = 'dfFghHKmMstyz'

/**
 * Reads a format for DateTime.ToString in the invariant culture, custom or one of the standard letters; an
 * empty one is `G`. Fails with `format`, and the place of the fault, where .NET refuses it.
 */
export function compileOutputFormat(format: string): FormatPlan {
  const custom = format.length > 1 ? format : STANDARD_FORMATS.get(format === '' ? 'G' : format)
  if (custom === undefined)
    throw new DotnetFailure('format', `"${format}" is not a standard date format`, 0, 1)
  const steps: FormatStep[] = []
  let position = 0
  while (position < custom.length) position = compileStep(custom, position, steps)
  return { steps: joinedLiterals(steps), universal: format === 'U' }
}

function compileStep(format: string, position: number, steps: FormatStep[]): number {
  const character = format.charAt(position)
  const after = position + 1
  if (SPECIFIERS.includes(character)) {
    const count = character === 'K' ? 1 : runLength(format, position)
    if ((character === 'f' || character === 'F') && count > GREATEST_FRACTION_LENGTH) {
      throw invalid('a fraction has at most seven digits', position, position + count)
    }
    steps.push({ specifier: character, count, text: '' })
    return position + count
  }
  switch (character) {
    case "'":
    case '"': {
      const quoted = quotedText(format, position)
      if (quoted === undefined) throw invalid('the quote is never closed', position, format.length)
      steps.push(literal(quoted.text))
      return quoted.end
    }
    case '\\':
      if (after >= format.length) throw invalid('a backslash must precede a character', position, after)
      steps.push(literal(format.charAt(after)))
      return after + 1
    case '%': {
      const next = format[after]
      if (next === undefined || next === '%' || next === '\\' || next === "'" || next === '"') {
        throw invalid('% must precede a format specifier', position, after)
      }
      // % takes exactly one letter: %ff is the specifier f twice.
      return compileStep(next, 0, steps) + after
    }
    default:
      steps.push(literal(character))
      return after
  }
}

function literal(text: string): FormatStep {
  return { specifier: LITERAL, count: 0, text }
}

function joinedLiterals(steps: readonly FormatStep[]): FormatStep[] {
  const joined: FormatStep[] = []
  for (const step of steps) {
    const last = joined.at(-1)
    if (step.specifier === LITERAL && last?.specifier === LITERAL) {
      joined[joined.length - 1] = literal(last.text + step.text)
    } else {
      joined.push(step)
    }
  }
  return joined
}

function invalid(message: string, start: number, end: number): DotnetFailure {
  return new DotnetFailure('format', message, start, end)
}

/** DateTime.ToString in the invariant culture. The host zone matters only to `z`, `K` and the standard `U`. */
export function formatDateTime(value: DateTime, plan: FormatPlan, environment: DateEnvironment): string {
  const date = plan.universal ? toUniversalTime(value, environment) : value
  const packed = packedDate(date.day)
  const secondOfDay = Math.floor(date.tick / TICKS_PER_SECOND)
  const hour = (secondOfDay / 3600) | 0
  let text = ''
  for (const { specifier, count, text: piece } of plan.steps) {
    switch (specifier) {
      case LITERAL:
        text += piece
        break
      case 'y':
        text += yearText(packed >> 9, count)
        break
      case 'M': {
        const month = (packed >> 5) & 15
        if (count <= 2) text += digits(month, count)
        else text += (count === 3 ? ABBREVIATED_MONTH_NAMES : MONTH_NAMES)[month - 1]
        break
      }
      case 'd':
        if (count <= 2) text += digits(packed & 31, count)
        else text += (count === 3 ? ABBREVIATED_DAY_NAMES : DAY_NAMES)[dayOfWeekOf(date.day)]
        break
      case 'H':
        text += digits(hour, count)
        break
      case 'h':
        text += digits(hour % 12 === 0 ? 12 : hour % 12, count)
        break
      case 'm':
        text += digits(((secondOfDay / 60) | 0) % 60, count)
        break
      case 's':
        text += digits(secondOfDay % 60, count)
        break
      case 'f':
        text += fractionText(date.tick, count)
        break
      case 'F':
        text = withShortestFraction(text, fractionText(date.tick, count))
        break
      case 't':
        text += count === 1 ? (hour < 12 ? 'A' : 'P') : hour < 12 ? 'AM' : 'PM'
        break
      case 'g':
        text += ERA_NAME
        break
      case 'z':
        text += offsetText(offsetOf(date, environment), count)
        break
      default:
        if (date.kind === 'utc') text += 'Z'
        else if (date.kind === 'local') text += offsetText(offsetOf(date, environment), 3)
    }
  }
  return text
}

function digits(value: number, count: number): string {
  return count === 1 && value < 10 ? String(value) : `${TWO_DIGITS[value]}`
}

function yearText(year: number, count: number): string {
  if (count === 4) return fourDigits(year)
  return count <= 2 ? digits(year % 100, count) : String(year).padStart(count, '0')
}

function fractionText(tick: number, count: number): string {
  const subsecond = String(tick % TICKS_PER_SECOND).padStart(GREATEST_FRACTION_LENGTH, '0')
  return subsecond.slice(0, count)
}

/** Removes trailing zeros; if no digit is left, also the dot before them. */
function withShortestFraction(text: string, fraction: string): string {
  let length = fraction.length
  while (length > 0 && fraction.charCodeAt(length - 1) === 48) length--
  if (length > 0) return text + fraction.slice(0, length)
  return text.endsWith('.') ? text.slice(0, -1) : text
}

function offsetOf(date: DateTime, environment: DateEnvironment): number {
  return date.kind === 'utc' ? 0 : offsetAtLocal(environment.hostTimeZone, date)
}

function offsetText(offset: number, count: number): string {
  const size = Math.abs(offset)
  const hours = Math.floor(size / TICKS_PER_HOUR)
  const sign = offset < 0 ? '-' : '+'
  if (count <= 2) return sign + digits(hours, count)
  return `${sign}${TWO_DIGITS[hours]}:${TWO_DIGITS[Math.floor((size % TICKS_PER_HOUR) / TICKS_PER_MINUTE)]}`
}

/** An unspecified date counts as local. Results outside the years 1 to 9999 are clamped, as in .NET. */
function toUniversalTime(date: DateTime, environment: DateEnvironment): DateTime {
  if (date.kind === 'utc') return date
  const tick = date.tick - offsetAtLocal(environment.hostTimeZone, date)
  const days = Math.floor(tick / TICKS_PER_DAY)
  const day = date.day + days
  if (day < 0) return new DateTime(0, 0, 'utc')
  if (day > LAST_DAY) return new DateTime(LAST_DAY, TICKS_PER_DAY - 1, 'utc')
  return new DateTime(day, tick - days * TICKS_PER_DAY, 'utc')
}
