import { DotnetFailure } from '../failure.js'
import { LAST_DAY, TICKS_PER_DAY, TICKS_PER_HOUR } from './calendar.js'
import { DateTime } from './date-time.js'
import {
  ADJUST_TO_UNIVERSAL,
  ASSUME_LOCAL,
  ASSUME_UNIVERSAL,
  type DateTimeStyles,
  ROUNDTRIP_KIND,
} from './date-time-styles.js'
import { type DateEnvironment, hostToday, offsetAtLocal, offsetAtUtc } from './environment.js'

const GREATEST_OFFSET = 14 * TICKS_PER_HOUR

/** The zone that a text specifies. */
export type ParsedZone = {
  /** Ticks east of UTC, or undefined if the text has no zone. */
  readonly offset: number | undefined
  /** The text marks UTC (Z, GMT); only RoundtripKind distinguishes this from an offset of zero. */
  readonly marked: boolean
  /** The text had a time and no date. */
  readonly timeOnly: boolean
}

/**
 * Gives a parsed date its kind and converts it as the styles ask: by default a date with a zone becomes local
 * time, and one without keeps its fields. Fails with `format`, as .NET's parser does for any text it refuses.
 */
export function adjustToStyles(
  parsed: DateTime,
  zone: ParsedZone,
  styles: DateTimeStyles,
  environment: DateEnvironment,
): DateTime {
  let offset = zone.offset
  if (offset !== undefined && (offset > GREATEST_OFFSET || offset < -GREATEST_OFFSET)) {
    throw new DotnetFailure('format', 'the offset from UTC is greater than 14 hours')
  }
  const toUniversal = (styles & ADJUST_TO_UNIVERSAL) !== 0
  if (offset === undefined) {
    if ((styles & ASSUME_LOCAL) !== 0) {
      if (!toUniversal) return parsed.withKind('local')
      offset = offsetAtLocal(environment.hostTimeZone, parsed)
    } else if ((styles & ASSUME_UNIVERSAL) !== 0) {
      if (toUniversal) return parsed.withKind('utc')
      offset = 0
    } else {
      return parsed
    }
  }
  if (zone.marked && (styles & ROUNDTRIP_KIND) !== 0) return parsed.withKind('utc')
  if (toUniversal) return toUtc(parsed, offset)
  return toLocal(parsed, offset, zone.timeOnly, environment)
}

/** .NET moves a result before year 1 to the next day, for times without a date. */
function toUtc(parsed: DateTime, offset: number): DateTime {
  return shifted(parsed.day, parsed.tick - offset, true, 'utc')
}

function toLocal(
  parsed: DateTime,
  offset: number,
  timeOnly: boolean,
  environment: DateEnvironment,
): DateTime {
  const zone = environment.hostTimeZone
  if (parsed.day === 0) {
    const { now } = environment
    const local = timeOnly ? offsetAtUtc(zone, now.day, now.tick) : offsetAtLocal(zone, parsed)
    return shifted(0, parsed.tick - offset + local, true, 'local')
  }
  const tick = parsed.tick - offset
  const day = parsed.day + Math.floor(tick / TICKS_PER_DAY)
  const inRange = day >= 0 && day <= LAST_DAY
  const local = inRange
    ? offsetAtUtc(zone, day, tick - (day - parsed.day) * TICKS_PER_DAY)
    : offsetAtLocal(zone, parsed)
  return shifted(parsed.day, tick + local, false, 'local')
}

function shifted(day: number, tick: number, wraps: boolean, kind: 'utc' | 'local'): DateTime {
  const days = Math.floor(tick / TICKS_PER_DAY)
  let shiftedDay = day + days
  if (wraps && shiftedDay === -1) shiftedDay = 0
  if (shiftedDay < 0 || shiftedDay > LAST_DAY) {
    throw new DotnetFailure('format', 'the date is not between the years 1 and 9999 in the requested zone')
  }
  return new DateTime(shiftedDay, tick - days * TICKS_PER_DAY, kind)
}

/** The year, month and day that replace parts the text does not have; -1 marks a missing part. */
export function dayWithDefaults(
  year: number,
  month: number,
  dayOfMonth: number,
  usesToday: boolean,
  environment: DateEnvironment,
): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const missing = (part: number): boolean => part === -1
  if (missing(year) && missing(month) && missing(dayOfMonth)) {
    if (!usesToday) return { year: 1, month: 1, dayOfMonth: 1 }
    const today = new DateTime(hostToday(environment), 0, 'local')
    return { year: today.year, month: today.month, dayOfMonth: today.dayOfMonth }
  }
  return {
    year: missing(year) ? new DateTime(hostToday(environment), 0, 'local').year : year,
    month: missing(month) ? 1 : month,
    dayOfMonth: missing(dayOfMonth) ? 1 : dayOfMonth,
  }
}
