import { DotnetFailure } from '../../dotnet/failure.js'
import { cachedRegex, type Regex } from '../../dotnet/regex/regex.js'
import { compileCasing } from '../../dotnet/text/casing.js'
import { trimWhiteSpace } from '../../dotnet/text/white-space.js'
import type { Limits } from '../../values/settings.js'
import type { Value } from '../../values/value.js'
import { item, split } from './collection.js'
import { bounded, TEXT_LIMIT } from './limits.js'
import { replaceGroup, replaceMatches } from './pattern.js'
import { replaceText } from './replace.js'
import { join } from './text.js'

/**
 * Bodies of functions made for constant arguments. Each factory takes only JSON constants, so that a generated
 * module can make the same leaf again, and each leaf gives exactly what the general body gives.
 */

/** A body of one text. */
export type TextLeaf = (source: string) => Value

/** ToLower or ToUpper with a known culture. */
export const casingLeaf = (culture: string, direction: 'lower' | 'upper'): TextLeaf =>
  compileCasing(culture)[direction]

/** Left with a constant number of characters, zero or more; null gives "". */
export const leftLeaf =
  (length: number): ((source: string | null) => string) =>
  (source) =>
    source === null ? '' : source.length <= length ? source : source.slice(0, length)

/** Mid with constants: from `start`, zero-based, up to `end`. */
export const midLeaf =
  (start: number, end: number): TextLeaf =>
  (source) =>
    source.slice(start, end)

/** Word with a constant number and one delimiter; null gives "". */
export const wordLeaf =
  (number: number, delimiter: string): ((source: string | null) => string) =>
  (source) => {
    if (source === null) return ''
    let at = 0
    let count = 0
    while (at <= source.length) {
      let end = source.indexOf(delimiter, at)
      if (end < 0) end = source.length
      if (end > at) {
        count += 1
        if (count === number) return source.slice(at, end)
      }
      at = end + 1
    }
    return ''
  }

/**
 * Join with a constant separator and a known number of sources. Two and three texts, the common cases, are put
 * together without an array.
 */
export const joinLeaf = (separator: string, count: number): ((...sources: Value[]) => string) => {
  if (count === 2) return (a: Value, b: Value) => joinTwo(separator, a, b)
  if (count === 3) {
    return (a: Value, b: Value, c: Value) =>
      typeof a === 'string' &&
      typeof b === 'string' &&
      typeof c === 'string' &&
      a !== '' &&
      b !== '' &&
      c !== ''
        ? bounded(a + separator + b + separator + c)
        : join(separator, a, b, c)
  }
  return (...sources) => join(separator, ...sources)
}

const joinTwo = (separator: string, a: Value, b: Value): string => {
  if (typeof a === 'string' && a !== '') {
    if (typeof b === 'string' && b !== '') return bounded(a + separator + b)
    if (b === null || b === '') return a
  } else if ((a === null || a === '') && typeof b === 'string') return b
  return join(separator, a, b)
}

/** Item(Split(source, delimiter), index), without the parts before and behind. */
export const splitItem = (delimiter: string, index: number, trims: boolean): ((source: Value) => Value) => {
  const general = (source: Value): Value => {
    const parts = split(source, delimiter, trims)
    return parts === null ? null : item(parts, index)
  }
  return (source) => {
    if (source === null) return null
    if (typeof source !== 'string' || source === '') return general(source)
    let start = 0
    for (let skip = 1; skip < index; skip++) {
      const next = source.indexOf(delimiter, start)
      if (next < 0) return general(source)
      start = next + delimiter.length
    }
    const end = source.indexOf(delimiter, start)
    const part = end < 0 ? source.slice(start) : source.slice(start, end)
    return trims ? trimWhiteSpace(part) : part
  }
}

/** Replace mode 1 with constants: a text that cannot grow beyond the limit needs no counting. */
export const textReplacement = (oldValue: string, newValue: string): TextLeaf => {
  const safe = (TEXT_LIMIT * oldValue.length) / Math.max(oldValue.length, newValue.length)
  const inserted = newValue.replaceAll('$', '$$$$')
  return (source) =>
    source.length <= safe ? source.replaceAll(oldValue, inserted) : replaceText(source, oldValue, newValue)
}

/** The longest text for which neither the size of the result nor the budget has to be looked at. */
const safeLength = (regex: Regex, replacement: string): number => {
  // At most one match at each position, each inserting the replacement and, by its references, the whole text.
  const references = replacement.split('$').length - 1
  let length = 0
  for (let step = 4_096; step >= 1; step >>= 1) {
    const longer = length + step
    const most = longer + (longer + 1) * (replacement.length + references * longer)
    if (most <= TEXT_LIMIT && regex.runsNatively(longer)) length = longer
  }
  return length
}

/** Replace mode 3 with constants. */
export const patternReplacement = (pattern: string, replacement: string, limits: Limits): TextLeaf => {
  const regex = compiled(pattern, limits)
  if (regex === undefined) return (source) => replaceMatches(source, pattern, replacement, limits)
  const native = regex.nativeReplacer(regex.compileReplacement(replacement))
  const general = (source: string): string => replaceMatches(source, pattern, replacement, limits)
  if (native === undefined) return general
  const safe = safeLength(regex, replacement)
  return (source) => (source.length <= safe ? native(source) : general(source))
}

/** Replace mode 4 with constants: the text that a group captures is replaced by a literal text. */
export const groupReplacement = (
  pattern: string,
  groupName: string,
  literal: string,
  limits: Limits,
): TextLeaf => {
  const general = (source: string): string => replaceGroup(source, pattern, groupName, literal, limits)
  const regex = compiled(pattern, limits)
  if (regex === undefined) return general
  const safe = safeLength(regex, literal)
  const plain = (source: string): string =>
    source.length <= safe ? regex.replaceGroup(source, groupName, literal) : general(source)
  const tail = regex.groupTail(groupName)
  if (tail === undefined) return plain
  // `(?<Suffix>@.*)`: from the text on, up to the end of the line.
  return (source) => {
    const start = source.indexOf(tail)
    if (start < 0) return source
    if (source.includes('\n', start + tail.length)) return plain(source)
    const kept = source.slice(0, start)
    return literal === '' ? kept : bounded(kept + literal)
  }
}

const compiled = (pattern: string, { regexSteps }: Limits): Regex | undefined => {
  try {
    return cachedRegex(pattern, regexSteps)
  } catch (thrown) {
    if (thrown instanceof DotnetFailure) return undefined
    throw thrown
  }
}
