import { textOf } from '../../values/text.js'
import type { Value } from '../../values/value.js'
import { bounded } from './limits.js'

/** Append: both texts; null counts as "", both null gives null. */
export const append = (source: string | null, suffix: string | null): string | null => {
  if (source === null) return suffix
  return suffix === null ? source : bounded(source + suffix)
}

/** Join: the sources that are neither null nor "", lists by element. Nothing left gives "". */
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
