import {
  compileOutputFormat,
  compileParseFormat,
  DATE_INTERVALS,
  DEFAULT_DATE_TIME_STYLES,
  parseDateTimeStyles,
} from '../dotnet/dates/index.js'
import { DotnetFailure } from '../dotnet/failure.js'
import { cachedRegex } from '../dotnet/regex/regex.js'
import { compileCasing } from '../dotnet/text/casing.js'
import type { LiteralProblem } from './define.js'

type LiteralCheck = (text: string) => LiteralProblem | undefined

/** A check by trial: whatever .NET would refuse at run time is a problem of the literal. */
const tried =
  (compile: (text: string) => unknown, problem: (failure: DotnetFailure) => LiteralProblem): LiteralCheck =>
  (text) => {
    try {
      compile(text)
      return undefined
    } catch (thrown) {
      if (!(thrown instanceof DotnetFailure)) throw thrown
      return problem(thrown)
    }
  }

const takes =
  (expected: string) =>
  ({ start, end }: DotnetFailure): LiteralProblem => ({ code: 'AF3003', reason: expected, start, end })

const formatProblem = ({ message, start, end }: DotnetFailure): LiteralProblem => ({
  code: 'AF3012',
  reason: message,
  start,
  end,
})

/** Any text but `""`. */
export const notEmpty: LiteralCheck = (text) =>
  text === '' ? { code: 'AF3003', reason: 'text that is not empty' } : undefined

/** The name of a culture .NET knows; `""` is the invariant one. */
export const cultureName: LiteralCheck = tried(compileCasing, takes('the name of a culture, such as "tr-TR"'))

/** A date interval, in any case. */
export const dateInterval: LiteralCheck = (text) =>
  DATE_INTERVALS.includes(text.toLowerCase())
    ? undefined
    : { code: 'AF3003', reason: `one of the intervals ${DATE_INTERVALS.join(', ')}` }

/** Names of DateTimeStyles, separated by commas. */
export const dateTimeStyles: LiteralCheck = tried(
  parseDateTimeStyles,
  takes('names of .NET DateTimeStyles, separated by commas'),
)

/** A format by which a date can be read. */
export const inputFormat: LiteralCheck = tried(
  (text) => compileParseFormat(text, DEFAULT_DATE_TIME_STYLES),
  formatProblem,
)

/** A format by which a date can be written. */
export const outputFormat: LiteralCheck = tried(compileOutputFormat, formatProblem)

/** A .NET regular expression that can be run exactly. */
export const regularExpression: LiteralCheck = tried(
  (text) => cachedRegex(text),
  ({ kind, message, start, end }) => ({
    code: kind === 'unsupported' ? 'AF3010' : 'AF3009',
    reason: message,
    start,
    end,
  }),
)
