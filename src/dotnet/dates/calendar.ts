/** 100 ns ticks, the unit of all times in .NET. */
export const TICKS_PER_SECOND = 10_000_000
export const TICKS_PER_MINUTE = 600_000_000
export const TICKS_PER_HOUR = 36_000_000_000
export const TICKS_PER_DAY = 864_000_000_000

/** The last day a DateTime can hold, 9999-12-31, as days since 0001-01-01. */
export const LAST_DAY = 3_652_058
/** 1970-01-01 as days since 0001-01-01. */
export const UNIX_EPOCH_DAY = 719_162

/** The latest year that .NET 8 and later derive from two digits. */
const TWO_DIGIT_YEAR_MAX = 2049

const DAYS_PER_400_YEARS = 146_097
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return (DAYS_BEFORE_MONTH[month] ?? 0) - (DAYS_BEFORE_MONTH[month - 1] ?? 0)
}

/** Whether the three numbers name a day between 0001-01-01 and 9999-12-31. */
export function isValidDate(year: number, month: number, dayOfMonth: number): boolean {
  return (
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    dayOfMonth >= 1 &&
    (dayOfMonth <= 28 || dayOfMonth <= daysInMonth(year, month))
  )
}

export function isValidTime(hour: number, minute: number, second: number): boolean {
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59
}

/** The days from 0001-01-01 to a valid date. */
export function dayFromDate(year: number, month: number, dayOfMonth: number): number {
  const before = year - 1
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0
  return (
    before * 365 +
    ((before / 4) | 0) -
    ((before / 100) | 0) +
    ((before / 400) | 0) +
    (DAYS_BEFORE_MONTH[month - 1] ?? 0) +
    leapDay +
    dayOfMonth -
    1
  )
}

/**
 * Year, month and day of the month in one integer, `year * 512 + month * 32 + dayOfMonth`, so that reading
 * all three costs one conversion and no object. It counts years from March, which puts the leap day last.
 */
export function packedDate(day: number): number {
  const sinceMarch = day + 306
  const cycle = (sinceMarch / DAYS_PER_400_YEARS) | 0
  const dayOfCycle = sinceMarch - cycle * DAYS_PER_400_YEARS
  const yearOfCycle =
    ((dayOfCycle - ((dayOfCycle / 1460) | 0) + ((dayOfCycle / 36_524) | 0) - ((dayOfCycle / 146_096) | 0)) /
      365) |
    0
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + (yearOfCycle >> 2) - ((yearOfCycle / 100) | 0))
  const monthFromMarch = ((5 * dayOfYear + 2) / 153) | 0
  const dayOfMonth = dayOfYear - (((153 * monthFromMarch + 2) / 5) | 0) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
  return year * 512 + month * 32 + dayOfMonth
}

/** 0 is Sunday; 0001-01-01 was a Monday. */
export function dayOfWeekOf(day: number): number {
  return (day + 1) % 7
}

/** Completes a year of one or two digits, so that none lies beyond 2049. */
export function fourDigitYear(year: number): number {
  const century = ((TWO_DIGIT_YEAR_MAX / 100) | 0) * 100
  return (year > TWO_DIGIT_YEAR_MAX % 100 ? century - 100 : century) + year
}
