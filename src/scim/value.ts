import type { AttributeType } from '../schema/enums.js'
import { textOf } from '../values/text.js'
import { kindOf, type Value } from '../values/value.js'

/** A JSON value of a SCIM resource. Objects have no prototype: any name is a plain name in them. */
export type ScimValue = null | string | number | boolean | readonly ScimValue[] | ScimObject
export interface ScimObject {
  readonly [name: string]: ScimValue
}

/**
 * A class whose instances inherit nothing: unlike with `Object.create(null)`, V8 keeps them fast to fill and
 * to write.
 */
class Bag {
  [name: string]: ScimValue
}
Object.setPrototypeOf(Bag.prototype, null)
Reflect.deleteProperty(Bag.prototype, 'constructor')

/** An empty object in which `__proto__` is an ordinary name. */
export const emptyObject = (): Record<string, ScimValue> => new Bag()

/** The value cannot be converted to the target's type. */
export const unfit: unique symbol = Symbol('unfit')

const isObject = (value: Value): value is Exclude<Value & object, readonly unknown[]> =>
  kindOf(value) === 'object'

/** Plain JSON as a SCIM value: integers beyond the safe range become text to keep their digits. */
const fromJson = (value: Value): ScimValue => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value
  if (Array.isArray(value)) return value.map((element: Value) => fromJson(element))
  if (!isObject(value)) return textOf(value) ?? ''
  const result = emptyObject()
  for (const [name, member] of Object.entries(value)) result[name] = fromJson(member as Value)
  return result
}

/** An object, or its JSON as text: the complex role functions give either. */
const asComplex = (value: Value): ScimValue | undefined => {
  if (isObject(value)) return fromJson(value)
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined
  try {
    return fromJson(JSON.parse(value) as Value)
  } catch {
    return undefined
  }
}

/**
 * A single value as JSON of the target's type.
 * - Boolean: true, false and their text in any case.
 * - Integer: a JSON number if it is safe, otherwise its digits as text, because readers would round the
 * number.
 * - everything else: the text the service sends (`True`, `7`).
 */
export const toScim = (value: Value, type: AttributeType): ScimValue | typeof unfit => {
  const complex = asComplex(value)
  if (complex !== undefined && type !== 'Boolean' && type !== 'Integer') return complex
  if (complex !== undefined || Array.isArray(value)) return unfit
  const text = textOf(value)
  if (text === null) return null
  if (type === 'Boolean') {
    const word = text.trim().toLowerCase()
    return word === 'true' || word === 'false' ? word === 'true' : unfit
  }
  if (type === 'Integer') {
    const digits = text.trim()
    if (!/^[+-]?\d+$/.test(digits)) return unfit
    const exact = BigInt(digits.replace('+', ''))
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact.toString()
  }
  return text
}
