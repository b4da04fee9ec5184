import { DotnetFailure } from '../failure.js'
import { dayOfWeekOf, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND } from './calendar.js'
import type { DateTime } from './date-time.js'

/** A number of months, or units of that many ticks; DateDiff may count the latter in weeks. */
type Interval =
  | { readonly months: number }
  | { readonly ticks: number; readonly units: number; readonly weeks?: 'spans' | 'Sundays' }

/** Visual Basic's interval names. In DateAdd, `y`, `d` and `w` are all days. */
const INTERVALS: ReadonlyMap<string, Interval> = new Map<string, Interval>([
  ['yyyy', { months: 12 }],
  ['q', { months: 3 }],
  ['m', { months: 1 }],
  ['y', { ticks: TICKS_PER_DAY, units: 1 }],
  ['d', { ticks: TICKS_PER_DAY, units: 1 }],
  ['w', { ticks: TICKS_PER_DAY, units: 1, weeks: 'spans' }],
  ['ww', { ticks: TICKS_PER_DAY, units: 7, weeks: 'Sundays' }],
  ['h', { ticks: TICKS_PER_HOUR, units: 1 }],
  ['n', { ticks: TICKS_PER_MINUTE, units: 1 }],
  ['s', { ticks: TICKS_PER_SECOND, units: 1 }],
])

/** The interval names DateAdd and DateDiff take, in any case. */
export const DATE_INTERVALS: readonly string[] = [...INTERVALS.keys()]

/**
 * Visual Basic's DateAdd: adding months keeps the day within the month; a fraction of the value is cut off.
 * Fails with `argument` on an unknown interval, with `range` if the result leaves the years 1 to 9999.
 */
export function dateAdd(interval: string, value: number | bigint, date: DateTime): DateTime {
  const unit = intervalOf(interval)
  const count = Math.trunc(Number(value))
  if ('months' in unit) return date.addMonths(count * unit.months)
  const unitsPerDay = TICKS_PER_DAY / unit.ticks
  const units = count * unit.units
  const days = Math.floor(units / unitsPerDay)
  return date.add(days, (units - days * unitsPerDay) * unit.ticks)
}

/**
 * Visual Basic's DateDiff, `to` minus `from`: `yyyy`, `q` and `m` subtract calendar fields, all others count
 * whole units of the time between, cut toward zero: `w` spans of seven days, `ww` those between the Sundays
 * on or before the two dates. The kinds are not considered. Fails with `argument` on an unknown interval.
 */
export function dateDiff(interval: string, from: DateTime, to: DateTime): number {
  const unit = intervalOf(interval)
  if ('months' in unit) {
    return Math.floor(monthsSinceYear0(to) / unit.months) - Math.floor(monthsSinceYear0(from) / unit.months)
  }
  const toSunday = unit.weeks === 'Sundays'
  const fromBack = toSunday ? dayOfWeekOf(from.day) : 0
  const toBack = toSunday ? dayOfWeekOf(to.day) : 0
  const units = wholeUnits(from, fromBack, to, toBack, unit.ticks)
  return unit.weeks === undefined ? units : truncatedQuotient(units, 7)
}

function intervalOf(name: string): Interval {
  const interval = INTERVALS.get(name.toLowerCase())
  if (interval !== undefined) return interval
  throw new DotnetFailure(
    'argument',
    `"${name}" is not an interval; the intervals are ${DATE_INTERVALS.join(', ')}`,
  )
}

function monthsSinceYear0(date: DateTime): number {
  return date.year * 12 + date.month - 1
}

/** Whole units between two dates, each first moved back by some days; exact, since days and ticks stay apart. */
function wholeUnits(
  from: DateTime,
  fromBack: number,
  to: DateTime,
  toBack: number,
  unitTicks: number,
): number {
  let days = to.day - toBack - (from.day - fromBack)
  let ticks = to.tick - from.tick
  const negative = days < 0 || (days === 0 && ticks < 0)
  if (negative) {
    days = -days
    ticks = -ticks
  }
  if (ticks < 0) {
    days -= 1
    ticks += TICKS_PER_DAY
  }
  const units = days * (TICKS_PER_DAY / unitTicks) + Math.floor(ticks / unitTicks)
  return negative ? 0 - units : units
}

function truncatedQuotient(dividend: number, divisor: number): number {
  return Math.trunc(dividend / divisor) + 0
}
