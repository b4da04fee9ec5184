import { compileCasing } from '../../dotnet/text/casing.js'
import { trimWhiteSpace } from '../../dotnet/text/white-space.js'
import type { Value } from '../../values/value.js'
import { item, split } from './collection.js'
import { bounded, LIST_LENGTH_LIMIT, TEXT_LIMIT } from './limits.js'
import { replaceText } from './replace-text.js'
import { join, normalizeDiacritics, stripSpaces } from './text.js'

/**
 * Bodies of functions specialised for constant arguments. Each factory takes only JSON constants, so that a
 * generated module can create the same body again. Every specialised body returns exactly what the general
 * body returns.
 */

/** A body that takes one text. */
export type TextBody = (source: string) => Value

/** ToLower or ToUpper with a known culture. */
export const casingBody = (culture: string, direction: 'lower' | 'upper'): TextBody =>
  compileCasing(culture)[direction]

/** The functions of one text without further arguments, by the names that a generated module writes. */
const textSteps: Readonly<Record<TextStep, (text: string) => string>> = {
  stripSpaces,
  normalizeDiacritics,
  lower: compileCasing().lower,
  upper: compileCasing().upper,
}
export type TextStep = 'stripSpaces' | 'normalizeDiacritics' | 'lower' | 'upper'

/**
 * Applies several functions to a text, one after the other. For ASCII without blanks, which most texts are,
 * only the last change of case matters.
 */
export const textPipeline = (steps: readonly TextStep[]): ((source: string) => string) => {
  const all = steps.map((step) => textSteps[step])
  const strips = steps.includes('stripSpaces')
  const casing = steps.findLast((step) => step === 'lower' || step === 'upper')
  return (source) => {
    for (let at = 0; at < source.length; at++) {
      const unit = source.charCodeAt(at)
      if (unit > 0x7f || (unit === 0x20 && strips)) {
        let text = source
        for (const step of all) text = step(text)
        return text
      }
    }
    if (casing === undefined) return source
    return casing === 'lower' ? source.toLowerCase() : source.toUpperCase()
  }
}

/** Left with a constant number of characters, zero or more; null gives "". */
export const leftBody =
  (length: number): ((source: string | null) => string) =>
  (source) =>
    source === null ? '' : source.length <= length ? source : source.slice(0, length)

/** Mid with constants: from `start`, zero-based, up to `end`. */
export const midBody =
  (start: number, end: number): TextBody =>
  (source) =>
    source.slice(start, end)

/** Word with a constant number and one delimiter; null gives "". */
export const wordBody =
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
 * Join with a constant separator and a known number of sources. Two or three texts, the common cases, are
 * joined without an array.
 */
export const joinBody = (separator: string, count: number): ((...sources: Value[]) => string) => {
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

/** Item(Split(source, delimiter), index), without building the other parts. */
export const splitItem = (delimiter: string, index: number, trims: boolean): ((source: Value) => Value) => {
  const general = (source: Value): Value => {
    const parts = split(source, delimiter, trims)
    return parts === null ? null : item(parts, index)
  }
  return (source) => {
    if (source === null) return null
    // A longer text may have more parts than a list may hold.
    if (typeof source !== 'string' || source === '' || source.length >= LIST_LENGTH_LIMIT)
      return general(source)
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

/** Replace mode 1 with constants: no counting if the text cannot grow beyond the limit. */
export const textReplacement = (oldValue: string, newValue: string): TextBody => {
  const safe = (TEXT_LIMIT * oldValue.length) / Math.max(oldValue.length, newValue.length)
  const inserted = newValue.replaceAll('$', '$$$$')
  return (source) => {
    // Most texts have no occurrence or one; both are faster without the native function.
    const at = source.indexOf(oldValue)
    if (at < 0) return source
    const next = at + oldValue.length
    if (source.length > safe) return replaceText(source, oldValue, newValue)
    return source.indexOf(oldValue, next) < 0
      ? source.slice(0, at) + newValue + source.slice(next)
      : source.replaceAll(oldValue, inserted)
  }
}
