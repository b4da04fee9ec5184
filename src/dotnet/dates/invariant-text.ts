import { packedDate, TICKS_PER_SECOND } from './calendar.js'
import type { DateTime } from './date-time.js'

/** `00` to `99`. */
export const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, value) =>
  value < 10 ? `0${value}` : `${value}`,
)

/** A number up to 9999 in four digits. */
export const fourDigits = (value: number): string =>
  `${TWO_DIGITS[(value / 100) | 0]}${TWO_DIGITS[value % 100]}`

/** `M/d/yyyy h:mm:ss tt`, the text a date has when it becomes a string. The fields are written as they stand. */
export function invariantText(date: DateTime): string {
  const packed = packedDate(date.day)
  const secondOfDay = Math.floor(date.tick / TICKS_PER_SECOND)
  const hour = (secondOfDay / 3600) | 0
  const minute = ((secondOfDay / 60) | 0) % 60
  const clockHour = hour % 12 === 0 ? 12 : hour % 12
  return `${(packed >> 5) & 15}/${packed & 31}/${fourDigits(packed >> 9)} ${clockHour}:${TWO_DIGITS[minute]}:${
    TWO_DIGITS[secondOfDay % 60]
  } ${hour < 12 ? 'AM' : 'PM'}`
}
