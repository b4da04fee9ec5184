import { isTrueText } from '../../values/convert.js'
import { raise } from '../../values/fault.js'
import { type FlowMarker, ignoreAttributeFlow } from '../../values/marker.js'
import { integer, isList, kindOf, type Value } from '../../values/value.js'

/** IsNull: whether there is no value; an attribute with an empty list has none. */
export const isNull = (value: Value): boolean => value === null || (isList(value) && value.length === 0)

/** IsNullOrEmpty and IsNothing: whether there is no value, or only "". */
export const isNullOrEmpty = (value: Value): boolean => value === '' || isNull(value)

/** IsPresent: whether there is a value other than "". */
export const isPresent = (value: Value): boolean => !isNullOrEmpty(value)

/** IsString: whether the value has a text form. */
export const isString = (value: Value): boolean => {
  const kind = kindOf(value)
  return kind !== 'null' && kind !== 'list' && kind !== 'object'
}

/** IgnoreFlowIfNullOrEmpty: the value, or the marker that stops the flow of the attribute. */
export const ignoreFlowIfNullOrEmpty = (value: Value): Value | FlowMarker =>
  isNullOrEmpty(value) ? ignoreAttributeFlow : value

/** The last of the values, after all have been evaluated: a branch of an eager conditional. */
export const lastOf = (...values: readonly Value[]): Value => values.at(-1) ?? null

/** Null instead of "", also in a list. */
export const nullIfEmpty = (value: Value): Value => {
  if (isList(value)) return value.filter((element) => element !== '')
  return value === '' ? null : value
}

/** Not: false for Boolean true and the text `True` in any case, true for everything else. */
export const not = (value: Value): boolean =>
  typeof value === 'string' ? !isTrueText(value) : value !== true

/** Error: stops the evaluation with the author's own message. */
export const error = (message: string | null): never =>
  raise('AF5005', { text: message === null || message === '' ? 'An error without a message.' : message })

const LEAST = -(2n ** 63n)
const GREATEST_UNSIGNED = 2n ** 64n - 1n

const sixtyFourBits = (value: number | bigint): bigint => {
  const exact = BigInt(value)
  if (exact < LEAST || exact > GREATEST_UNSIGNED) {
    raise('AF5002', { function: 'BitAnd', reason: `${exact} has more than 64 bits` })
  }
  return exact
}

const isThirtyTwoBits = (value: number | bigint): value is number =>
  typeof value === 'number' && value === (value | 0)

/** BitAnd: the bits set in both numbers, as 64-bit two's complement. */
export const bitAnd = (left: number | bigint, right: number | bigint): number | bigint =>
  isThirtyTwoBits(left) && isThirtyTwoBits(right)
    ? left & right
    : integer(BigInt.asIntN(64, sixtyFourBits(left) & sixtyFourBits(right)))
