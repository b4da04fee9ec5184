import { TWO_DIGITS } from '../../dotnet/dates/invariant-text.js'

/** A part of a fixed-width format: a field or a literal character. */
type FormatPart =
  | { readonly field: Field; readonly at: number }
  | { readonly literal: string; readonly at: number }

const fields = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const
type Field = (typeof fields)[number]

/** Characters that are literal in a format, in the invariant culture, and in a text. */
const LITERALS = '-/:. T'
const OFFSET = 'zzz'
const OFFSET_WIDTH = 6

interface FixedFormat {
  readonly parts: readonly FormatPart[]
  readonly width: number
  readonly positions: ReadonlyMap<Field, number>
}

/**
 * The parts of a format that consists only of fixed-width fields, each at most once, and plain characters;
 * otherwise undefined.
 */
const fixedFormat = (format: string): FixedFormat | undefined => {
  const parts: FormatPart[] = []
  const positions = new Map<Field, number>()
  let at = 0
  while (at < format.length) {
    const field = fields.find((name) => format.startsWith(name, at))
    const character = format.charAt(at)
    if (field !== undefined) {
      if (positions.has(field) || format.charAt(at + field.length) === field.charAt(0)) return undefined
      positions.set(field, at)
      parts.push({ field, at })
      at += field.length
    } else if (LITERALS.includes(character)) {
      parts.push({ literal: character, at })
      at += 1
    } else return undefined
  }
  return { parts, width: at, positions }
}

/** The number of two digits at a position; NaN if either is not a digit. */
const twoDigitsAt = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  // Negative if any of the four is.
  return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? Number.NaN : tens * 10 + ones
}

const MINUTES_A_DAY = 1_440

/** Minutes of the offset `+hh:mm` at a position; NaN for anything else, or beyond fourteen hours. */
const offsetAt = (text: string, at: number): number => {
  const sign = text.charCodeAt(at)
  if (text.charCodeAt(at + 3) !== 58 || (sign !== 43 && sign !== 45)) return Number.NaN
  const hours = twoDigitsAt(text, at + 1)
  const minutes = twoDigitsAt(text, at + 4)
  if (!(hours <= 13 && minutes <= 59)) return Number.NaN
  return sign === 45 ? -(hours * 60 + minutes) : hours * 60 + minutes
}

/**
 * FormatDateTime by position: for an input format of fixed-width fields with a whole date, perhaps followed
 * by `zzz`, and an output format of the same fields. Undefined for any other pair. The function returns
 * undefined for texts that need the general way: those of another width, without a valid date, or with an
 * offset that would change the result.
 */
export const positionalFormat = (
  inputFormat: string,
  outputFormat: string,
): ((text: string) => string | undefined) | undefined => {
  const zoned = inputFormat.endsWith(OFFSET)
  const input = fixedFormat(zoned ? inputFormat.slice(0, -OFFSET.length) : inputFormat)
  const output = fixedFormat(outputFormat)
  if (input === undefined || output === undefined || output.width < 2) return undefined
  const { positions, width } = input
  const year = positions.get('yyyy')
  const month = positions.get('MM')
  const day = positions.get('dd')
  if (year === undefined || month === undefined || day === undefined) return undefined
  if ([...output.positions.keys()].some((field) => !positions.has(field))) return undefined
  const [hour = -1, minute = -1, second = -1] = (['HH', 'mm', 'ss'] as const).map((field) =>
    positions.get(field),
  )
  const literals = input.parts.flatMap((part) =>
    'literal' in part ? [{ at: part.at, code: part.literal.charCodeAt(0) }] : [],
  )
  const readsTime = hour >= 0 || minute >= 0 || second >= 0
  /** Minutes since midnight; NaN if it is not a time of day. */
  const minutesOf = (text: string): number => {
    const hours = hour < 0 ? 0 : twoDigitsAt(text, hour)
    const minutes = minute < 0 ? 0 : twoDigitsAt(text, minute)
    const seconds = second < 0 ? 0 : twoDigitsAt(text, second)
    return hours <= 23 && minutes <= 59 && seconds <= 59 ? hours * 60 + minutes : Number.NaN
  }
  const writesTime = ['HH', 'mm', 'ss'].some((field) => output.positions.has(field as Field))
  const write = writer(output.parts, input)
  const writeOtherDay = otherDayWriter(output.parts, input)
  return (text) => {
    if (text.length !== (zoned ? width + OFFSET_WIDTH : width)) return undefined
    for (const { at, code } of literals) if (text.charCodeAt(at) !== code) return undefined
    const dayNumber = twoDigitsAt(text, day)
    const yearNumber = twoDigitsAt(text, year) * 100 + twoDigitsAt(text, year + 2)
    if (!(yearNumber >= 1 && isDayOfMonth(dayNumber, twoDigitsAt(text, month)))) return undefined
    const minutes = readsTime ? minutesOf(text) : 0
    if (!zoned) return minutes >= 0 ? write(text) : undefined
    const offset = offsetAt(text, width)
    const utc = minutes - offset
    if (!(utc > -MINUTES_A_DAY) || (writesTime && offset !== 0)) return undefined
    if (utc >= 0 && utc < MINUTES_A_DAY) return write(text)
    // In UTC it is the day before or after; across the end of a month, the general way decides.
    const otherDay = utc < 0 ? dayNumber - 1 : dayNumber + 1
    return otherDay >= 1 && otherDay <= 28 ? writeOtherDay(text, otherDay) : undefined
  }
}

/** Whether a month has a day in every year; 29 February is left to the general way. */
const isDayOfMonth = (day: number, month: number): boolean => {
  if (!(day >= 1 && month >= 1 && month <= 12)) return false
  if (day <= 28) return true
  if (month === 2) return false
  return day <= 30 || (day === 31 && month !== 4 && month !== 6 && month !== 9 && month !== 11)
}

/** A slice of the text, or a literal. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly literal: string
}

const pieceOf = (part: FormatPart, positions: FixedFormat['positions']): Piece => {
  if ('literal' in part) return { from: -1, to: -1, literal: part.literal }
  const from = positions.get(part.field) ?? -1
  return { from, to: from + part.field.length, literal: '' }
}

/** Uses as few pieces as possible: parts in the same order as in the text are one slice of it. */
const piecesOf = (output: readonly FormatPart[], input: FixedFormat): readonly Piece[] => {
  const literalAt = new Map(
    input.parts.flatMap((part) => ('literal' in part ? [[part.at, part.literal]] : [])),
  )
  const pieces: Piece[] = []
  for (const part of output) {
    const piece = pieceOf(part, input.positions)
    const last = pieces.at(-1)
    const continues =
      last !== undefined &&
      last.literal === '' &&
      (piece.literal === '' ? piece.from === last.to : literalAt.get(last.to) === piece.literal)
    if (continues)
      pieces[pieces.length - 1] = { ...last, to: last.to + (piece.literal.length || piece.to - piece.from) }
    else pieces.push(piece)
  }
  return pieces
}

/** Writes the output with the fields of a text. */
const writer = (output: readonly FormatPart[], input: FixedFormat): ((text: string) => string) => {
  const pieces = piecesOf(output, input)
  const [only] = pieces
  if (only === undefined) return () => ''
  if (pieces.length === 1 && only.literal === '') {
    const { from, to } = only
    return (text) => text.slice(from, to)
  }
  return (text) =>
    pieces.reduce((all, { from, to, literal }) => all + (literal === '' ? text.slice(from, to) : literal), '')
}

/** Writes the output with another day of the month than in the text. */
const otherDayWriter = (
  output: readonly FormatPart[],
  input: FixedFormat,
): ((text: string, day: number) => string) => {
  const at = output.findIndex((part) => 'field' in part && part.field === 'dd')
  const before = writer(at < 0 ? output : output.slice(0, at), input)
  if (at < 0) return before
  if (at === output.length - 1) return (text, day) => before(text) + TWO_DIGITS[day]
  const behind = writer(output.slice(at + 1), input)
  return (text, day) => before(text) + TWO_DIGITS[day] + behind(text)
}
