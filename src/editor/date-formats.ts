import { compileOutputFormat, DateTime, formatDateTime } from '../dotnet/dates/index.js'
import { STANDARD_FORMATS } from '../dotnet/dates/standard-formats.js'
import { DotnetFailure } from '../dotnet/failure.js'

/** A text and its meaning. */
export type Meaning = readonly [text: string, meaning: string]

/** The formats that directories and HR systems use most. */
export const commonFormats: readonly Meaning[] = [
  ['yyyy-MM-dd', 'ISO 8601, date'],
  ['yyyy-MM-ddTHH:mm:ssZ', 'ISO 8601, date and time in UTC'],
  ['yyyy-MM-ddTHH:mm:sszzz', 'ISO 8601, date and time with offset'],
  ['yyyy-MM-ddzzz', 'Workday, date with offset'],
  ['yyyyMMdd', 'compact, date'],
  ['yyyyMMddHHmmss.fZ', 'LDAP generalized time'],
  ['M/d/yyyy h:mm:ss tt', 'the text form of a date in an expression'],
  ['MM/dd/yyyy', 'month first'],
  ['dd/MM/yyyy', 'day first'],
  ['dd.MM.yyyy', 'day first, with dots'],
  ['dd-MMM-yyyy', 'day, month in letters, year'],
  ['o', 'ISO 8601 to seven places of the second, with zone'],
  ['s', 'ISO 8601 to the second, without zone'],
]

/** The specifiers of custom formats. */
export const formatSpecifiers: readonly Meaning[] = [
  ['yyyy', 'year, four digits'],
  ['yy', 'year, last two digits'],
  ['MMMM', 'month, full name'],
  ['MMM', 'month, three letters'],
  ['MM', 'month, 01 to 12'],
  ['M', 'month, 1 to 12'],
  ['dddd', 'day of the week, full name'],
  ['ddd', 'day of the week, three letters'],
  ['dd', 'day of the month, 01 to 31'],
  ['d', 'day of the month, 1 to 31'],
  ['HH', 'hour, 00 to 23'],
  ['H', 'hour, 0 to 23'],
  ['hh', 'hour, 01 to 12'],
  ['h', 'hour, 1 to 12'],
  ['mm', 'minute, 00 to 59'],
  ['m', 'minute, 0 to 59'],
  ['ss', 'second, 00 to 59'],
  ['s', 'second, 0 to 59'],
  ['fff', 'milliseconds, three digits'],
  ['FFF', 'milliseconds, without zeros at the end'],
  ['tt', 'AM or PM'],
  ['zzz', 'offset from UTC, hours and minutes'],
  ['K', 'zone: Z, an offset or nothing'],
]

const sample = DateTime.fromIso('2024-03-06T15:04:05.678Z')

/** The sample date in a format; undefined if the format is invalid. */
export const sampleIn = (format: string): string | undefined => {
  try {
    return formatDateTime(sample, compileOutputFormat(format), { now: sample, hostTimeZone: 'UTC' })
  } catch (thrown) {
    if (!(thrown instanceof DotnetFailure)) throw thrown
    return undefined
  }
}

/** The sample date in the words of the explanations. */
export const sampleText = '6 March 2024, 15:04:05.678 UTC'

/** The meaning of a one-letter format. */
export const longFormat = (format: string): string | undefined => STANDARD_FORMATS.get(format)

/** The known specifiers in a format, in the order of the text. */
export const specifiersIn = (format: string): readonly Meaning[] => {
  const literals = /'[^']*'|"[^"]*"|\\./g
  const found = (longFormat(format) ?? format).replace(literals, ' ').match(/([A-Za-z])\1*/g) ?? []
  return [...new Set(found)].flatMap((specifier) => formatSpecifiers.filter(([known]) => known === specifier))
}

/** The intervals of DateAdd and DateDiff. */
export const intervalMeanings: readonly Meaning[] = [
  ['yyyy', 'years'],
  ['m', 'months'],
  ['ww', 'weeks'],
  ['d', 'days'],
  ['h', 'hours'],
  ['n', 'minutes'],
  ['s', 'seconds'],
  ['q', 'quarters, not documented'],
  ['y', 'days, not documented'],
  ['w', 'days, or spans of seven days between dates; not documented'],
]
