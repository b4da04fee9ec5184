import { internalised } from '../../text/internalised.js'
import { integerFromText, isFalseText, isTrueText } from '../../values/convert.js'
import { Fault, raise } from '../../values/fault.js'
import { display, textOf } from '../../values/text.js'
import type { Value } from '../../values/value.js'
import type { OperatorBehaviour, Prepared } from './behaviour.js'

/** The text with which a value is compared. */
export const textIn = (value: Value, clause: string): string => {
  try {
    return textOf(value) ?? ''
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return raise('AF5020', { clause, value: display(value), expected: 'text' })
  }
}

const asText = (text: string): Prepared<string> => ({ operand: internalised(text) })

const integerOrUndefined = (value: Value): number | bigint | undefined => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  if (typeof value === 'bigint') return value
  return typeof value === 'string' ? integerFromText(value) : undefined
}

const asInteger = (text: string): Prepared<number | bigint> => {
  const operand = integerFromText(text)
  return operand === undefined ? { problem: { code: 'AF4504', reason: 'an integer' } } : { operand }
}

const integerIn = (value: Value, clause: string): number | bigint =>
  integerOrUndefined(value) ?? raise('AF5020', { clause, value: display(value), expected: 'an integer' })

/** The integer as 64-bit two's complement; undefined if it does not fit. */
const bitsOf = (value: number | bigint | undefined): bigint | undefined => {
  if (value === undefined) return undefined
  const bits = BigInt(value)
  return BigInt.asIntN(64, bits) === bits ? bits : undefined
}

const asBits = (text: string): Prepared<bigint> => {
  const operand = bitsOf(integerFromText(text))
  return operand === undefined ? { problem: { code: 'AF4504', reason: 'a 64-bit integer' } } : { operand }
}

const readsTrue = (value: Value): boolean =>
  value === true || (typeof value === 'string' && isTrueText(value))
const readsFalse = (value: Value): boolean =>
  value === false || (typeof value === 'string' && isFalseText(value))

export const equals: OperatorBehaviour<string> = {
  polarity: 'positive',
  prepare: asText,
  test: (value, operand, clause) => textIn(value, clause) === operand,
  textTest: (operand) => (text) => text === operand,
}

export const notEquals: OperatorBehaviour<string> = { ...equals, polarity: 'negative' }

export const isTrue: OperatorBehaviour<undefined> = { polarity: 'positive', test: readsTrue }

export const isFalse: OperatorBehaviour<undefined> = {
  polarity: 'negative',
  test: readsTrue,
  documentedTest: readsFalse,
}

export const isNull: OperatorBehaviour<undefined> = {
  polarity: 'positive',
  test: () => false,
  textTest: () => () => false,
  holdsForMissing: true,
}

export const isNotNull: OperatorBehaviour<undefined> = { ...isNull, polarity: 'negative' }

export const sharesBits: OperatorBehaviour<bigint> = {
  polarity: 'positive',
  prepare: asBits,
  test: (value, mask, clause) => {
    const bits = bitsOf(integerOrUndefined(value))
    if (bits === undefined)
      return raise('AF5020', { clause, value: display(value), expected: 'a 64-bit integer' })
    return (bits & mask) !== 0n
  },
}

export const sharesNoBits: OperatorBehaviour<bigint> = { ...sharesBits, polarity: 'negative' }

export const endsWith: OperatorBehaviour<string> = {
  polarity: 'positive',
  prepare: asText,
  test: (value, operand, clause) => textIn(value, clause).endsWith(operand),
  textTest: (operand) => (text) => text.endsWith(operand),
}

export const includes: OperatorBehaviour<string> = {
  polarity: 'positive',
  prepare: asText,
  test: (value, operand, clause) => textIn(value, clause).includes(operand),
  textTest: (operand) => (text) => text.includes(operand),
}

export const greaterThan: OperatorBehaviour<number | bigint> = {
  polarity: 'positive',
  prepare: asInteger,
  test: (value, operand, clause) => integerIn(value, clause) > operand,
}

export const greaterThanOrEquals: OperatorBehaviour<number | bigint> = {
  polarity: 'positive',
  prepare: asInteger,
  test: (value, operand, clause) => integerIn(value, clause) >= operand,
}

/** The behaviours by the Graph names of their operators, except those of regular expressions. */
export const plainBehaviours: ReadonlyMap<string, OperatorBehaviour> = new Map<string, OperatorBehaviour>([
  ['EQUALS', equals],
  ['NOT EQUALS', notEquals],
  ['IS TRUE', isTrue],
  ['IS FALSE', isFalse],
  ['IS NULL', isNull],
  ['IS NOT NULL', isNotNull],
  ['&', sharesBits],
  ['!&', sharesNoBits],
  ['ENDS_WITH', endsWith],
  ['INCLUDES', includes],
  ['Greater_Than', greaterThan],
  ['Greater_Than_OR_EQUALS', greaterThanOrEquals],
])
