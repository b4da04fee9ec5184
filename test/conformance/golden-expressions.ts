import { compileFilter } from '../../src/filter/index.js'
import {
  type CompiledExpression,
  compileExpression,
  DateTime,
  type Outcome,
  type SourceRecord,
  textForm,
} from '../../src/index.js'
import { CLOCK, endsIn2029 } from '../dotnet/dates/vectors.js'
import { INLINE } from '../dotnet/regex/vectors.js'
import { clause, filterOf, group } from '../filter/filters.js'
import { quoted } from '../support/typed-expression.js'

/** What .NET answers; for regular expressions also whether there is a match. */
export interface GoldenAnswer {
  readonly value?: string | number
  readonly pcase?: string
  readonly iso?: string
  readonly isMatch?: boolean
  readonly error?: string
}

/** A vector of .NET behaviour. */
export interface GoldenVector {
  readonly id: string
  readonly op: string
  readonly input: Readonly<Record<string, string | number>>
  readonly expected: GoldenAnswer
  readonly expectedModern?: GoldenAnswer
  readonly now?: string
  readonly tags?: readonly string[]
}

const literal = (text: unknown): string => quoted(String(text))

const compiledByText = new Map<string, CompiledExpression>()

const compile = (text: string): CompiledExpression => {
  const known = compiledByText.get(text) ?? compileExpression(text)
  compiledByText.set(text, known)
  return known
}

/** An outcome in one line: the text of the value, or what there is instead of one. */
const textOfOutcome = (outcome: Outcome): string => {
  if (outcome.kind === 'value') return `value ${textForm(outcome.value)}`
  return outcome.kind
}

const pattern = ({ pattern, options }: GoldenVector['input']): string | undefined => {
  const inline = (options === undefined ? [] : String(options).split(', ')).map((option) => INLINE[option])
  return inline.includes(undefined) ? undefined : `${inline.join('')}${pattern}`
}

/** The expression a vector stands for, over the attributes of its record. Formats and patterns are literals. */
const expressionOf = ({ op, input }: GoldenVector): string => {
  const { source, styles, inputFormat, outputFormat, format, interval, value, culture } = input
  const { replacement, group } = input
  switch (op) {
    case 'parseExactFormat': {
      const inner = `${styles === undefined ? '' : literal(styles)}, ${literal(inputFormat)}`
      return `FormatDateTime([source], ${inner}, ${literal(outputFormat)})`
    }
    case 'format':
      return `FormatDateTime([date], , , ${literal(format)})`
    case 'parse':
      return 'CDate([source])'
    case 'dateAdd':
      return `DateAdd(${literal(interval)}, ${value}, [date])`
    case 'dateDiff':
      return `DateDiff(${literal(interval)}, [date1], [date2])`
    case 'toFileTime':
      return 'NumFromDate([source])'
    case 'fromFileTime':
      return `DateFromNum(${source})`
    case 'titleCase':
      return 'PCase([source])'
    case 'lower':
      return `ToLower([source], ${literal(culture)})`
    case 'upper':
      return `ToUpper([source], ${literal(culture)})`
    case 'base64utf16':
      return 'ConvertToBase64([source])'
    case 'utf8hex':
      return 'ConvertToUTF8Hex([source])'
    case 'regexReplace':
      return `Replace([source], , ${literal(pattern(input))}, , ${literal(replacement)}, , )`
    case 'regexGroupReplace':
      return `Replace([source], , ${literal(pattern(input))}, ${literal(group)}, ${literal(replacement)}, , )`
    default:
      throw new TypeError(`no expression stands for ${op}`)
  }
}

/** What attrflow answers and what it should, both in one line. */
export const compareVector = (vector: GoldenVector): { readonly got: string; readonly wanted: string } => {
  const { op, input, now } = vector
  const expected = vector.expectedModern ?? vector.expected
  if (op === 'regexMatch') {
    const isMatch = expected.error === undefined ? String(expected.isMatch) : 'error'
    return { got: matches(vector), wanted: isMatch }
  }
  const dated = op === 'format' ? { date: DateTime.fromIso(String(input.iso)) } : {}
  const record: SourceRecord = { ...input, ...dated }
  const context = { now: now ?? CLOCK }
  if (expected.error !== undefined) {
    return { got: textOfOutcome(compile(expressionOf(vector)).evaluate(record, context)), wanted: 'error' }
  }
  // Two-digit years ended in 2029 where these vectors come from, and end in 2049 here: the century differs.
  if (endsIn2029(vector as Parameters<typeof endsIn2029>[0])) {
    const plain = 'yyyy-MM-dd'
    const dateOnly =
      op === 'parse'
        ? `FormatDateTime(CDate([source]), , , "${plain}")`
        : expressionOf({ ...vector, input: { ...input, outputFormat: plain } })
    return {
      got: textOfOutcome(compile(dateOnly).evaluate(record, context)),
      wanted: `value 20${expected.iso!.slice(2, 10)}`,
    }
  }
  return {
    got: textOfOutcome(compile(expressionOf(vector)).evaluate(record, context)),
    wanted: `value ${expected.pcase ?? expected.value}`,
  }
}

/** What REGEX MATCH says about the source. */
const matches = ({ input }: GoldenVector): string => {
  const text = pattern(input)
  if (text === undefined) return 'refused'
  const filter = compileFilter(filterOf(group(null, clause('source', 'REGEX MATCH', text))))
  return String(filter.evaluate({ source: input.source }).verdict)
}
