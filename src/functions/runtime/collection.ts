import { trimWhiteSpace } from '../../dotnet/text/white-space.js'
import { raise } from '../../values/fault.js'
import { jsonText, textOf } from '../../values/text.js'
import { isList, kindOf, type List, type Value } from '../../values/value.js'
import { LIST_LENGTH_LIMIT, tooManyValues } from './limits.js'

const elementsOf = (value: Value): List => (isList(value) ? value : [value])

/** Count: the number of elements; null has none, a single value is one. */
export const count = (source: Value): number => (source === null ? 0 : elementsOf(source).length)

/** Item: the element at a position, counted from 1; a single value is its own first element. */
export const item = (source: Value, index: number | bigint): Value => {
  const elements = elementsOf(source)
  const element = elements[Number(index) - 1]
  if (element === undefined) {
    return raise('AF5002', {
      function: 'Item',
      reason: `there is no element ${index}; the value has ${elements.length}`,
    })
  }
  return element
}

/** Contains: the position, counted from 1, of the first element that contains the text; 0 if none does. */
export const contains = (source: Value, searched: string): number =>
  elementsOf(source).findIndex((element) => textOf(element)?.includes(searched)) + 1

/** Values are the same if their texts are; objects, if their JSON is. */
const identityOf = (value: Value): string => {
  const kind = kindOf(value)
  if (kind === 'null') return kind
  return kind === 'object' || kind === 'list' ? `${kind}:${jsonText(value)}` : `text:${textOf(value)}`
}

/** RemoveDuplicates: each value once, at its first position; a single value stays as it is. */
export const removeDuplicates = (source: Value): Value => {
  if (!isList(source)) return source
  const seen = new Set<string>()
  return source.filter((element) => {
    const identity = identityOf(element)
    if (seen.has(identity)) return false
    seen.add(identity)
    return true
  })
}

/**
 * Split: the parts between delimiters; "" has none. A list is split element by element into one list.
 * @param trims whether white space around each part is removed
 */
export const split = (source: Value, delimiter: string, trims: boolean): Value => {
  if (delimiter === '') {
    return raise('AF5013', { function: 'Split', expected: 'a delimiter that is not empty', found: '""' })
  }
  const parts: string[] = []
  for (const element of elementsOf(source)) {
    const text = textOf(element)
    if (text === null || text === '') continue
    const found = text.split(delimiter, LIST_LENGTH_LIMIT + 1)
    if (parts.length + found.length > LIST_LENGTH_LIMIT) tooManyValues()
    for (const part of found) parts.push(trims ? trimWhiteSpace(part) : part)
  }
  return parts
}
