import {
  compileOutputFormat,
  compileParseFormat,
  DateTime,
  DEFAULT_DATE_TIME_STYLES,
  dateAdd,
  dateDiff,
  formatDateTime,
  fromFileTime,
  parseDateTimeStyles,
  parseExact,
  toFileTime,
} from '../../src/dotnet/dates/index.js'
import type { EvaluationContext } from '../../src/values/context.js'
import { dotnet, type OracleFunction, toDate } from './protocol.js'
import { fail, type OracleValue, text } from './value.js'

type OptionalText = string | null | undefined

/** Dates of a multi-valued attribute are treated one by one, as texts are. */
const each = (value: OracleValue, apply: (element: OracleValue) => OracleValue): OracleValue =>
  Array.isArray(value) ? value.map(apply).filter((result) => result !== null) : apply(value)

const read = (
  context: EvaluationContext,
  value: OracleValue,
  styles: OptionalText,
  format: string,
): DateTime => {
  const flags = styles == null ? DEFAULT_DATE_TIME_STYLES : dotnet(() => parseDateTimeStyles(styles))
  const plan = dotnet(() => compileParseFormat(format, flags))
  return dotnet(() => parseExact(text(value) ?? '', plan, context))
}

const format = (
  context: EvaluationContext,
  value: OracleValue,
  styles: OptionalText,
  input: OptionalText,
  output: string,
): string | null => {
  if (value === null || (input === null && !(value instanceof DateTime))) return null
  if (input === undefined && !(value instanceof DateTime)) return fail('AF5013')
  const date = value instanceof DateTime ? value : read(context, value, styles, input!)
  return dotnet(() => formatDateTime(date, compileOutputFormat(output), context))
}

export const dateFunctions: Record<string, OracleFunction> = {
  Now: { parameters: [], body: ({ now }) => now },

  CDate: {
    parameters: ['any'],
    body: (context, source: OracleValue) =>
      each(source, (element) => (element === null ? null : toDate(element, context))),
  },

  DateAdd: {
    parameters: ['text', 'integer', 'date'],
    body: (_, interval: string, value: bigint, date: DateTime) =>
      dotnet(() => dateAdd(interval, value, date)),
  },

  DateDiff: {
    parameters: ['text', 'date', 'date'],
    body: (_, interval: string, from: DateTime, to: DateTime) =>
      BigInt(dotnet(() => dateDiff(interval, from, to))),
  },

  DateFromNum: { parameters: ['integer'], body: (_, value: bigint) => dotnet(() => fromFileTime(value)) },
  NumFromDate: { parameters: ['date'], body: (_, date: DateTime) => dotnet(() => toFileTime(date)) },

  FormatDateTime: {
    parameters: ['any', 'text?', 'text?', 'text'],
    body: (context, source: OracleValue, styles: OptionalText, input: OptionalText, output: string) =>
      each(source, (element) => format(context, element, styles, input, output)),
  },
}
