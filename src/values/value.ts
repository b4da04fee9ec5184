import { DateTime } from '../dotnet/dates/date-time.js'

/** A single JSON object, such as a role assignment; read only through `member`. */
export interface ObjectValue {
  readonly [name: string]: unknown
}

/** The elements of a multi-valued attribute. */
export type List = readonly Value[]

/**
 * A value of the language. An absent attribute is `null`. An integer is a `number` while it is safe and a
 * `bigint` beyond, so that it is always exact; a `number` with a fraction is a decimal.
 */
export type Value = null | string | boolean | number | bigint | DateTime | List | ObjectValue

/** The kinds of value, for messages and traces. */
export type ValueKind = 'null' | 'string' | 'Boolean' | 'integer' | 'decimal' | 'DateTime' | 'list' | 'object'

/** The kind of a value. */
export const kindOf = (value: Value): ValueKind => {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'Boolean'
    case 'bigint':
      return 'integer'
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'decimal'
    default:
      if (value === null) return 'null'
      if (Array.isArray(value)) return 'list'
      return value instanceof DateTime ? 'DateTime' : 'object'
  }
}

/** Whether a value is a list. */
export const isList = (value: unknown): value is List => Array.isArray(value)

/** The integer in its canonical form: a `number` if it is safe, else a `bigint`. */
export const integer = (value: bigint): number | bigint =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value

/** The name of an own member that differs at most in case; the name itself if the object has that, or no such member. */
export const nameIgnoringCase = (object: object, name: string): string => {
  if (Object.hasOwn(object, name)) return name
  const lower = name.toLowerCase()
  for (const one in object)
    if (one.length === name.length && one.toLowerCase() === lower && Object.hasOwn(object, one)) return one
  return name
}

/** Reads an own member of an object; returns `null` for inherited names and absent members. */
export const member = (object: object, name: string): Value =>
  Object.hasOwn(object, name) ? fromInput((object as Record<string, unknown>)[name]) : null

/**
 * Converts a caller's input to a value of the language. `undefined`, functions, symbols and numbers that are
 * not finite become null (they have no JSON form); an integer takes its canonical form; a `Date` becomes a
 * DateTime. The elements of a list are taken in the same way.
 */
export const fromInput = (input: unknown): Value => {
  switch (typeof input) {
    case 'string':
    case 'boolean':
      return input
    case 'number':
      return fromNumber(input)
    case 'bigint':
      return integer(input)
    case 'object':
      if (input === null) return null
      if (Array.isArray(input)) return fromList(input)
      if (input instanceof Date) return fromDate(input)
      return input as Value
    default:
      return null
  }
}

const fromNumber = (input: number): Value => {
  if (Number.isSafeInteger(input)) return input === 0 ? 0 : input
  if (!Number.isFinite(input)) return null
  return Number.isInteger(input) ? BigInt(input) : input
}

/** Null for a date that a DateTime cannot hold. */
const fromDate = (input: Date): Value => {
  const year = input.getUTCFullYear()
  return year >= 1 && year <= 9999 ? DateTime.fromEpochMilliseconds(input.getTime()) : null
}

/** Returns the list itself if all its elements are already values, as those of JSON nearly always are. */
const fromList = (input: readonly unknown[]): List => {
  for (let i = 0; i < input.length; i++) {
    if (typeof input[i] !== 'string' && !Object.is(fromInput(input[i]), input[i]))
      return Array.from(input, fromInput)
  }
  return input as List
}
