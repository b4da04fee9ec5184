import { DateTime } from '../dotnet/dates/date-time.js'
import type { DateEnvironment } from '../dotnet/dates/environment.js'
import { parseDateTime } from '../dotnet/dates/parse-date-time.js'
import { DotnetFailure } from '../dotnet/failure.js'
import { raise } from './fault.js'
import { display, textOf } from './text.js'
import type { Value } from './value.js'

/** Converts a value to a DateTime: a DateTime is itself, text is read as CDate reads it, null stays null. */
export const dateTimeOf = (
  value: Value,
  environment: DateEnvironment,
  functionName: string,
): DateTime | null => {
  if (value === null || value instanceof DateTime) return value
  try {
    return parseDateTime(textOf(value) ?? '', environment)
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return raise('AF5001', { function: functionName, value: display(value), expected: 'a date and time' })
  }
}
