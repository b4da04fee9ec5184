import { type Casing, compileCasing } from '../../dotnet/text/casing.js'
import { normalizeDiacritics as fold } from '../../dotnet/text/diacritics.js'
import { toProperCase } from '../../dotnet/text/title-case.js'
import { stripSpaces, trimWhiteSpace } from '../../dotnet/text/white-space.js'
import { raise } from '../../values/fault.js'
import { textOf } from '../../values/text.js'
import type { Value } from '../../values/value.js'
import { raiseDotnet } from './guard.js'
import { bounded } from './limits.js'

export { stripSpaces, trimWhiteSpace as trim }

/** Append: both texts; null counts as "", both null gives null. */
export const append = (source: string | null, suffix: string | null): string | null => {
  if (source === null) return suffix
  return suffix === null ? source : bounded(source + suffix)
}

/** Join: the sources that are neither null nor "", lists element by element. Without any the result is "". */
export const join = (separator: string, ...sources: readonly Value[]): string => {
  let result = ''
  let first = true
  const add = (value: Value): void => {
    const text = textOf(value)
    if (text === null || text === '') return
    result = first ? text : bounded(`${result}${separator}${text}`)
    first = false
  }
  for (const source of sources) {
    if (Array.isArray(source)) for (const element of source as readonly Value[]) add(element)
    else add(source)
  }
  return result
}

/** Left: the first characters; a negative number gives the input, null gives "". */
export const left = (source: string | null, length: number | bigint): string => {
  if (source === null) return ''
  return length < 0 ? source : source.slice(0, Number(length))
}

/** Mid: characters from a position, counted from 1; without a length, all to the end. */
export const mid = (
  source: string,
  start: number | bigint,
  length: number | bigint | null | undefined,
): string => {
  if (start < 1) raise('AF5002', { function: 'Mid', reason: `the start ${start} is before position 1` })
  const from = Number(start) - 1
  if (length === undefined || length === null) return source.slice(from)
  if (length < 0) raise('AF5002', { function: 'Mid', reason: `the length ${length} is negative` })
  return source.slice(from, from + Number(length))
}

/** Len: the number of UTF-16 code units. */
export const len = (source: string): number => source.length

/** InStr: the position of a text in another, counted from 1; 0 when it is not there. */
export const inStr = (
  source: string,
  searched: string,
  start: number | bigint | null | undefined,
  compareType: string | null | undefined,
): number => {
  const from = start ?? 1
  if (from < 1) raise('AF5002', { function: 'InStr', reason: `the start ${from} is before position 1` })
  if (from > source.length) return 0
  switch (compareType ?? 'vbBinaryCompare') {
    case 'vbBinaryCompare':
      return source.indexOf(searched, Number(from) - 1) + 1
    case 'vbTextCompare': {
      // The invariant mappings keep every position: they never change the length.
      const { upper } = compileCasing()
      return upper(source).indexOf(upper(searched), Number(from) - 1) + 1
    }
    default:
      return raise('AF5013', {
        function: 'InStr',
        expected: 'vbTextCompare or vbBinaryCompare',
        found: JSON.stringify(compareType),
      })
  }
}

/** Word: the n-th of the words between delimiters, counted from 1; null, or too few words, gives "". */
export const word = (source: string | null, number: number | bigint, delimiters: string): string => {
  if (source === null || number < 1) return ''
  let count = 0
  let start = 0
  for (let at = 0; at <= source.length; at++) {
    if (at < source.length && !delimiters.includes(source.charAt(at))) continue
    if (at > start) {
      count += 1
      if (BigInt(count) === BigInt(number)) return source.slice(start, at)
    }
    start = at + 1
  }
  return ''
}

/** NormalizeDiacritics: Latin letters without their diacritics. */
export const normalizeDiacritics = (source: string): string => bounded(fold(source))

/** PCase: a capital at the start of each word. `""` as separators means that nothing separates. */
export const pCase = (source: string, separators: string | null | undefined): string =>
  toProperCase(source, separators ?? undefined)

const casingOf = (culture: string, functionName: string): { lower: Casing; upper: Casing } => {
  try {
    return compileCasing(culture)
  } catch (thrown) {
    return raiseDotnet(thrown, functionName, culture, 'the name of a culture')
  }
}

/** ToLower: lower case by the culture's rules; the default is the invariant culture. */
export const toLower = (source: string, culture: string | null | undefined): string =>
  casingOf(culture ?? '', 'ToLower').lower(source)

/** ToUpper: upper case by the culture's rules; the default is the invariant culture. */
export const toUpper = (source: string, culture: string | null | undefined): string =>
  casingOf(culture ?? '', 'ToUpper').upper(source)
