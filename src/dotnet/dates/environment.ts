import { DotnetFailure } from '../failure.js'
import { TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND } from './calendar.js'
import { DateTime } from './date-time.js'

/** Besides its text, the meaning of a date depends on these. */
export type DateEnvironment = {
  /** The current instant, in UTC: supplies the date parts that a text leaves out. */
  readonly now: DateTime
  /** The IANA name of the zone that counts as local; `UTC` unless the settings say otherwise. */
  readonly hostTimeZone: string
}

const formatters = new Map<string, Intl.DateTimeFormat>()
const OFFSET = /^GMT(?:([+-])(\d{1,2})(?::(\d\d)(?::(\d\d))?)?)?$/

/** The host zone's offset from UTC at an instant, in ticks. Fails with `argument` if there is no such zone. */
export function offsetAtUtc(zone: string, day: number, tick: number): number {
  if (zone === 'UTC') return 0
  const instant = new DateTime(day, tick, 'utc').toEpochMilliseconds()
  const parts = formatterOf(zone).formatToParts(instant)
  const match = OFFSET.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '')
  if (match === null || match[1] === undefined) return 0
  const size =
    Number(match[2]) * TICKS_PER_HOUR +
    Number(match[3] ?? 0) * TICKS_PER_MINUTE +
    Number(match[4] ?? 0) * TICKS_PER_SECOND
  return match[1] === '-' ? -size : size
}

/**
 * The host zone's offset at a wall clock time, in ticks. A time that occurs twice or never takes the standard
 * offset, as in .NET.
 */
export function offsetAtLocal(zone: string, local: DateTime): number {
  if (zone === 'UTC') return 0
  const before = offsetAtUtc(zone, local.day - 1, local.tick)
  const after = offsetAtUtc(zone, local.day + 1, local.tick)
  const holds = (offset: number): boolean => {
    const utc = local.tick - offset
    return offsetAtUtc(zone, local.day, utc) === offset
  }
  const beforeHolds = holds(before)
  return beforeHolds !== holds(after) ? (beforeHolds ? before : after) : Math.min(before, after)
}

/** The current date in the host zone, as days since 0001-01-01. */
export function hostToday(environment: DateEnvironment): number {
  const { now, hostTimeZone } = environment
  return now.addTicks(offsetAtUtc(hostTimeZone, now.day, now.tick)).day
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  try {
    const formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    formatters.set(zone, formatter)
    return formatter
  } catch {
    throw new DotnetFailure('argument', `"${zone}" is not a time zone`)
  }
}
