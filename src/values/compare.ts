import { compareDateTimes, DateTime } from '../dotnet/dates/date-time.js'
import { integerFromText } from './convert.js'
import { raise } from './fault.js'
import { textOf } from './text.js'
import type { Value } from './value.js'

/** The comparison operators of the language. */
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='

const asInteger = (value: Value): number | bigint | undefined => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  if (typeof value === 'bigint') return value
  return typeof value === 'string' ? integerFromText(value) : undefined
}

const single = (value: Value): Value =>
  Array.isArray(value) ? raise('AF5003', { function: 'A comparison', count: value.length }) : value

/** -1, 0 or 1: integers as numbers if both are, DateTimes as instants, everything else as ordinal text. */
const order = (left: Value, right: Value): number => {
  if (left instanceof DateTime && right instanceof DateTime) return compareDateTimes(left, right)
  const a = asInteger(left)
  const b = a === undefined ? undefined : asInteger(right)
  if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : 0
  const x = textOf(left) ?? ''
  const y = textOf(right) ?? ''
  return x < y ? -1 : x > y ? 1 : 0
}

const equal = (left: Value, right: Value): boolean => {
  if (left instanceof DateTime && right instanceof DateTime) return compareDateTimes(left, right) === 0
  return (textOf(left) ?? '') === (textOf(right) ?? '')
}

/**
 * Compares two values (semantics 13). `=` and `<>` compare text, ordinal and case-sensitive; the order
 * operators compare integers if both sides are integers in number or text form.
 *
 * @param absent what null and "" mean. `fails`: any comparison with such an operand is false, as the
 *   service's page says. `empty`: null counts as "".
 * @param literalEmpty which operand is a literal `""` and therefore intended: `left`, `right` or neither.
 */
export const compareValues = (
  operator: Comparator,
  left: Value,
  right: Value,
  absent: 'fails' | 'empty',
  literalEmpty: '' | 'left' | 'right' | 'both',
): boolean => {
  single(left)
  single(right)
  if (absent === 'fails') {
    const leftMissing = (left === null || left === '') && literalEmpty !== 'left' && literalEmpty !== 'both'
    const rightMissing =
      (right === null || right === '') && literalEmpty !== 'right' && literalEmpty !== 'both'
    if (leftMissing || rightMissing) return false
  }
  switch (operator) {
    case '=':
      return equal(left, right)
    case '<>':
      return !equal(left, right)
    case '<':
      return order(left, right) < 0
    case '<=':
      return order(left, right) <= 0
    case '>':
      return order(left, right) > 0
    case '>=':
      return order(left, right) >= 0
  }
}

/**
 * Whether a Switch source equals a key (semantics 17): text, ordinal; null equals "" on both sides.
 * A list is an evaluation error.
 */
export const switchMatches = (source: Value, key: Value): boolean => switchText(source) === switchText(key)

/** The text that Switch compares. */
export const switchText = (value: Value): string =>
  Array.isArray(value) ? raise('AF5003', { function: 'Switch', count: value.length }) : (textOf(value) ?? '')
