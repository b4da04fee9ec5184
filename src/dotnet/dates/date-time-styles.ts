import { DotnetFailure } from '../failure.js'

/** A set of .NET DateTimeStyles flags. */
export type DateTimeStyles = number

export const ALLOW_LEADING_WHITE = 1
export const ALLOW_TRAILING_WHITE = 2
export const ALLOW_INNER_WHITE = 4
export const NO_CURRENT_DATE_DEFAULT = 8
export const ADJUST_TO_UNIVERSAL = 16
export const ASSUME_LOCAL = 32
export const ASSUME_UNIVERSAL = 64
export const ROUNDTRIP_KIND = 128

/** What FormatDateTime uses if it is given no styles. */
export const DEFAULT_DATE_TIME_STYLES: DateTimeStyles =
  ROUNDTRIP_KIND | ALLOW_LEADING_WHITE | ALLOW_TRAILING_WHITE

const STYLES: ReadonlyMap<string, DateTimeStyles> = new Map([
  ['None', 0],
  ['AllowLeadingWhite', ALLOW_LEADING_WHITE],
  ['AllowTrailingWhite', ALLOW_TRAILING_WHITE],
  ['AllowInnerWhite', ALLOW_INNER_WHITE],
  ['AllowWhiteSpaces', ALLOW_LEADING_WHITE | ALLOW_TRAILING_WHITE | ALLOW_INNER_WHITE],
  ['NoCurrentDateDefault', NO_CURRENT_DATE_DEFAULT],
  ['AdjustToUniversal', ADJUST_TO_UNIVERSAL],
  ['AssumeLocal', ASSUME_LOCAL],
  ['AssumeUniversal', ASSUME_UNIVERSAL],
  ['RoundtripKind', ROUNDTRIP_KIND],
])

/** The names a styles argument may list, in .NET's order. */
export const DATE_TIME_STYLE_NAMES: readonly string[] = [...STYLES.keys()]

const ALL_STYLES = 255
const NUMBER = /^[+-]?\d+$/

/**
 * Reads a list of style names separated by commas, as Enum.Parse does: the case counts, blanks around a name do
 * not, and a number stands for its flags. Fails with `argument` on an unknown name (with its place in the text)
 * and on styles that exclude each other.
 */
export function parseDateTimeStyles(text: string): DateTimeStyles {
  const trimmed = text.trim()
  if (NUMBER.test(trimmed)) {
    const value = Number(trimmed)
    if (value !== (value | 0)) throw new DotnetFailure('range', `${trimmed} is too large for DateTimeStyles`)
    return checkedStyles(value)
  }
  let styles = 0
  let start = 0
  for (const part of text.split(',')) {
    const name = part.trim()
    const style = STYLES.get(name)
    if (style === undefined) throw unknownStyle(name, start + Math.max(part.indexOf(name), 0))
    styles |= style
    start += part.length + 1
  }
  return checkedStyles(styles)
}

function checkedStyles(styles: number): DateTimeStyles {
  const has = (flag: number): boolean => (styles & flag) !== 0
  if ((styles & ~ALL_STYLES) !== 0) {
    throw new DotnetFailure('argument', `${styles} has bits that are not DateTimeStyles flags`)
  }
  if (has(ASSUME_LOCAL) && has(ASSUME_UNIVERSAL)) {
    throw new DotnetFailure('argument', 'AssumeLocal and AssumeUniversal exclude each other')
  }
  if (has(ROUNDTRIP_KIND) && has(ASSUME_LOCAL | ASSUME_UNIVERSAL | ADJUST_TO_UNIVERSAL)) {
    throw new DotnetFailure(
      'argument',
      'RoundtripKind excludes AssumeLocal, AssumeUniversal and AdjustToUniversal',
    )
  }
  return styles
}

function unknownStyle(name: string, start: number): DotnetFailure {
  const what = name === '' ? 'A DateTimeStyles name is missing' : `"${name}" is not a DateTimeStyles name`
  return new DotnetFailure('argument', what, start, start + name.length)
}
