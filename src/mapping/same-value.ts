import { DateTime } from '../dotnet/dates/date-time.js'
import type { AttributeType } from '../schema/enums.js'
import { integerFromText } from '../values/convert.js'
import { jsonText, textOf } from '../values/text.js'
import { isList, kindOf, type List, member, type ObjectValue, type Value } from '../values/value.js'

/**
 * Whether the target would not change: the same text forms, lists regardless of order. Takes linear time in
 * the length of lists: groups have tens of thousands of members.
 * @param type of the target attribute
 */
export const sameValue = (a: Value, b: Value, type: AttributeType = 'String'): boolean => {
  if (!isList(a) && !isList(b)) return sameElement(a, b, type)
  const left: List = isList(a) ? a : [a]
  const right: List = isList(b) ? b : [b]
  if (left.length !== right.length) return false
  const [inLeft, inRight] = [new ElementIndex(left, type), new ElementIndex(right, type)]
  return left.every((element) => inRight.has(element)) && right.every((element) => inLeft.has(element))
}

const sameElement = (a: Value, b: Value, type: AttributeType): boolean => {
  if (isList(a) || isList(b)) return sameValue(a, b, type)
  if (kindOf(a) === 'object' && kindOf(b) === 'object') return sameMembers(a as ObjectValue, b as ObjectValue)
  if (kindOf(a) === 'object' || kindOf(b) === 'object') return jsonOf(a) === jsonOf(b)
  // A target's Boolean may be a JSON Boolean or text; the service ignores the case of the text.
  if (typeof a === 'boolean' || typeof b === 'boolean')
    return textOf(a)?.toLowerCase() === textOf(b)?.toLowerCase()
  const [left, right] = [textOf(a), textOf(b)]
  if (left === right || type !== 'Integer' || left === null || right === null) return left === right
  const [one, other] = [integerFromText(left), integerFromText(right)]
  return one !== undefined && one === other
}

const sameMembers = (a: ObjectValue, b: ObjectValue): boolean => {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(member(a, name), member(b, name)))
  )
}

/** Either side may be an object in the form of JSON text, as from the role functions. */
const jsonOf = (value: Value): string => (typeof value === 'string' ? value : jsonText(value))

/** A value with a text form, compared only by that text. */
const isPlain = (value: Value): boolean =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof DateTime

/** Values with the same key are equal; plain values with different keys are not. */
const keyOf = (value: Value, type: AttributeType): string => {
  if (isList(value)) return `[${value.map((element) => keyOf(element, 'String')).join()}]`
  if (kindOf(value) === 'object') {
    const object = value as ObjectValue
    const members = Object.keys(object)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${keyOf(member(object, name), 'String')}`)
    return `{${members.join()}}`
  }
  const text = textOf(value)
  if (text === null) return 'null'
  const whole = type === 'Integer' && typeof value !== 'boolean' ? integerFromText(text) : undefined
  return whole === undefined ? JSON.stringify(text) : String(whole)
}

/** The elements of a list, for look-ups in constant time if the kinds allow. */
export class ElementIndex {
  readonly #list: List
  readonly #type: AttributeType
  readonly #keys: ReadonlySet<string>
  /** Booleans, objects and lists: values with different keys may still be equal. */
  readonly #others: List

  constructor(list: List, type: AttributeType) {
    this.#list = list
    this.#type = type
    this.#keys = new Set(list.map((element) => keyOf(element, type)))
    this.#others = list.filter((element) => !isPlain(element))
  }

  /** Whether the list has an equal element. */
  has(element: Value): boolean {
    if (this.#keys.has(keyOf(element, this.#type))) return true
    const candidates = isPlain(element) ? this.#others : this.#list
    return candidates.some((other) => sameElement(element, other, this.#type))
  }
}
