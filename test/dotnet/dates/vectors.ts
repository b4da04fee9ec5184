import {
  compileOutputFormat,
  compileParseFormat,
  type DateEnvironment,
  DateTime,
  DEFAULT_DATE_TIME_STYLES,
  dateAdd,
  dateDiff,
  formatDateTime,
  fromFileTime,
  invariantText,
  parseDateTime,
  parseDateTimeStyles,
  parseExact,
  toFileTime,
} from '../../../src/dotnet/dates/index.js'
import { DotnetFailure } from '../../../src/dotnet/failure.js'

type Expected = { value?: string | number; iso?: string; kind?: string; error?: string }

export type Vector = {
  id: string
  op: string
  input: Record<string, string | number>
  expected: Expected
  expectedModern?: Expected
  now?: string
  tags?: string[]
}

/** Vectors whose answer is knowingly another one, with the reason. */
export const KNOWN_DISAGREEMENTS: ReadonlyMap<string, string> = new Map([
  ['formatdatetime-6899115e5376', 'the day of the week is that of 2040, not of 1940'],
  ['formatdatetime-bb85a0d3707c', 'the day of the week is that of 2039, not of 1939'],
  ['dateadd-ef4f68bbc0df', 'exact, where an older TimeSpan loses a second in a product of floating point'],
  ['dateadd-2aeb1e88cc8b', 'exact, where an older TimeSpan loses a second in a product of floating point'],
])

const ERRORS: Record<string, string> = {
  format: 'FormatException',
  range: 'ArgumentOutOfRangeException',
  argument: 'ArgumentException',
}

/** When the vectors were made. */
export const CLOCK = '2024-03-15T12:34:56Z'

export function environmentAt(now: string, hostTimeZone = 'UTC'): DateEnvironment {
  return { now: DateTime.fromIso(now), hostTimeZone }
}

/** The answer in one line of text, to compare with {@link wantedOf}. */
export function outcomeOf(vector: Vector): string {
  try {
    const outcome = run(vector)
    return endsIn2029(vector) ? outcome.slice(0, 10) : outcome
  } catch (failure) {
    if (failure instanceof DotnetFailure) return ERRORS[failure.kind] ?? failure.kind
    throw failure
  }
}

export function wantedOf(vector: Vector): string {
  const { error, iso, kind, value } = vector.expectedModern ?? vector.expected
  if (error !== undefined) return error
  if (endsIn2029(vector) && iso !== undefined) return `20${iso.slice(2, 10)}`
  const date = iso === undefined ? '' : `${iso}${kind === 'Local' && !iso.endsWith('L') ? 'L' : ''} `
  return `${date}${value}`
}

/** Made where two-digit years end in 2029; the rule here is 2049, so only the date can be compared. */
export function endsIn2029({ tags, input, expected, expectedModern }: Vector): boolean {
  const hasFullYear = String(input.source).includes(expected.iso?.slice(0, 4) ?? '')
  return tags?.includes('twoDigitYearMax') === true && expectedModern === undefined && !hasFullYear
}

function run({ op, input, now }: Vector): string {
  const text = (key: string): string => String(input[key])
  const environment = environmentAt(now ?? CLOCK)
  const utc = (date: DateTime): string => `${date.toIso()} ${invariantText(date)}`
  switch (op) {
    case 'parseExactFormat': {
      const styles =
        input.styles === undefined ? DEFAULT_DATE_TIME_STYLES : parseDateTimeStyles(text('styles'))
      const date = parseExact(text('source'), compileParseFormat(text('inputFormat'), styles), environment)
      return `${date.toIso()} ${formatDateTime(date, compileOutputFormat(text('outputFormat')), environment)}`
    }
    case 'format':
      return formatDateTime(DateTime.fromIso(text('iso')), compileOutputFormat(text('format')), environment)
    case 'parse':
      return utc(parseDateTime(text('source'), environment))
    case 'dateAdd':
      return utc(dateAdd(text('interval'), Number(input.value), parseDateTime(text('date'), environment)))
    case 'dateDiff':
      return String(
        dateDiff(
          text('interval'),
          parseDateTime(text('date1'), environment),
          parseDateTime(text('date2'), environment),
        ),
      )
    case 'toFileTime':
      return String(toFileTime(parseDateTime(text('source'), environment)))
    default:
      return utc(fromFileTime(BigInt(text('source'))))
  }
}
