import {
  dateAdd as addInterval,
  compileOutputFormat,
  compileParseFormat,
  dateDiff as countIntervals,
  DateTime,
  type DateTimeStyles,
  DEFAULT_DATE_TIME_STYLES,
  formatDateTime as format,
  fromFileTime,
  type ParsePlan,
  parseDateTimeStyles,
  parseExact,
  toFileTime,
} from '../../dotnet/dates/index.js'
import type { DateEnvironment } from '../../values/context.js'
import { dateTimeOf } from '../../values/convert-date.js'
import { raise } from '../../values/fault.js'
import { display, textOf } from '../../values/text.js'
import { integer, isList, type Value } from '../../values/value.js'
import { raiseDotnet } from './guard.js'
import { bounded } from './limits.js'
import { memoized } from './memo.js'

const INTERVAL = 'an interval: yyyy, q, m, y, d, w, ww, h, n or s'

/** Now: the clock of the evaluation, in UTC. */
export const now = (environment: DateEnvironment): DateTime => environment.now

/** Applies a function to a value or to each element of a list, dropping null results. */
const eachElement = (value: Value, apply: (element: Value) => Value): Value =>
  isList(value) ? value.map(apply).filter((result) => result !== null) : apply(value)

/** CDate: the instant given by a text, in UTC; a DateTime is returned unchanged. */
export const cDate = (environment: DateEnvironment, source: Value): Value =>
  eachElement(source, (element) => dateTimeOf(element, environment, 'CDate'))

/** DateAdd: the date moved by a number of intervals. */
export const dateAdd = (interval: string, value: number | bigint, date: DateTime): DateTime => {
  try {
    return addInterval(interval, value, date)
  } catch (thrown) {
    return raiseDotnet(thrown, 'DateAdd', interval, INTERVAL)
  }
}

/** DateDiff: the number of intervals from one date to another. */
export const dateDiff = (interval: string, from: DateTime, to: DateTime): number => {
  try {
    return countIntervals(interval, from, to)
  } catch (thrown) {
    return raiseDotnet(thrown, 'DateDiff', interval, INTERVAL)
  }
}

/** DateFromNum: the instant of a FILETIME. */
export const dateFromNum = (value: number | bigint): DateTime => {
  try {
    return fromFileTime(BigInt(value))
  } catch (thrown) {
    return raiseDotnet(thrown, 'DateFromNum', value, 'a FILETIME')
  }
}

/** NumFromDate: the FILETIME of an instant. */
export const numFromDate = (date: DateTime): number | bigint => {
  try {
    return integer(toFileTime(date))
  } catch (thrown) {
    return raiseDotnet(thrown, 'NumFromDate', date, 'a date')
  }
}

const stylesOf = memoized(parseDateTimeStyles)
const outputPlanOf = memoized(compileOutputFormat)
const parsePlansOf = memoized((styles) => {
  const flags: DateTimeStyles = Number(styles)
  return memoized((inputFormat): ParsePlan => compileParseFormat(inputFormat, flags))
})

const read = (
  environment: DateEnvironment,
  source: Value,
  styles: string | undefined,
  inputFormat: string,
): DateTime => {
  let flags = DEFAULT_DATE_TIME_STYLES
  try {
    if (styles !== undefined) flags = stylesOf(styles)
  } catch (thrown) {
    return raiseDotnet(thrown, 'FormatDateTime', styles ?? '', 'names of DateTimeStyles')
  }
  let plan: ParsePlan
  try {
    plan = parsePlansOf(String(flags))(inputFormat)
  } catch (thrown) {
    return raiseDotnet(thrown, 'FormatDateTime', inputFormat, 'a date format')
  }
  try {
    return parseExact(textOf(source) ?? '', plan, environment)
  } catch (thrown) {
    return raiseDotnet(thrown, 'FormatDateTime', source, `a date of the form ${display(inputFormat)}`)
  }
}

const reformat = (
  environment: DateEnvironment,
  source: Value,
  styles: string | undefined,
  inputFormat: string | null | undefined,
  outputFormat: string,
): string | null => {
  if (source === null) return null
  let date = source
  if (!(date instanceof DateTime)) {
    if (inputFormat === null) return null
    if (inputFormat === undefined) {
      return raise('AF5013', {
        function: 'FormatDateTime',
        expected: 'an input format when its source is text',
        found: 'a blank',
      })
    }
    date = read(environment, source, styles, inputFormat)
  }
  try {
    return bounded(format(date, outputPlanOf(outputFormat), environment))
  } catch (thrown) {
    return raiseDotnet(thrown, 'FormatDateTime', outputFormat, 'a date format')
  }
}

/**
 * FormatDateTime: reads a date by one format and writes it by another. A DateTime needs no input format; text
 * without one is an evaluation error, and text with one that is null gives null.
 */
export const formatDateTime = (
  environment: DateEnvironment,
  source: Value,
  styles: string | null | undefined,
  inputFormat: string | null | undefined,
  outputFormat: string,
): Value =>
  eachElement(source, (element) =>
    reformat(environment, element, styles ?? undefined, inputFormat, outputFormat),
  )
