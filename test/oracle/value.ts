import { DateTime, invariantText } from '../../src/dotnet/dates/index.js'

/**
 * The oracle's values. Every integer is a bigint and every decimal a `Decimal`, so that no number is ever
 * ambiguous; the values under test use numbers where they are safe.
 */
export type OracleValue = null | string | boolean | bigint | Decimal | DateTime | OracleValue[] | Structure

/** A number with a fraction. */
export class Decimal {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** A JSON object; `source` is the object as it came in. */
export class Structure {
  readonly source: object

  constructor(source: object) {
    this.source = source
  }

  /** An own member; anything else is null. */
  member(name: string): OracleValue {
    const own = Object.getOwnPropertyDescriptor(this.source, name)
    return own === undefined ? null : fromJson(own.value)
  }
}

/** Stops an evaluation with an evaluation error. */
export class Failure {
  readonly code: string

  constructor(code: string) {
    this.code = code
  }
}

/** Stops an evaluation because a flow marker came up: it is the outcome of the whole expression. */
export class Marker {
  readonly kind: 'ignoreAttribute' | 'ignoreObject'

  constructor(kind: 'ignoreAttribute' | 'ignoreObject') {
    this.kind = kind
  }
}

export const fail = (code: string): never => {
  throw new Failure(code)
}

/** Takes a value of a source object (semantics 11): it keeps the kind it has in the JSON. */
export const fromJson = (input: unknown): OracleValue => {
  if (typeof input === 'string' || typeof input === 'boolean' || typeof input === 'bigint') return input
  if (typeof input === 'number') {
    if (!Number.isFinite(input)) return null
    return Number.isInteger(input) ? BigInt(input) : new Decimal(input)
  }
  if (typeof input !== 'object' || input === null) return null
  if (Array.isArray(input)) return input.map(fromJson)
  if (input instanceof DateTime) return input
  if (input instanceof Date) {
    const isDateTime = input >= new Date('0001-01-01') && input < new Date('+010000-01-01')
    return isDateTime ? DateTime.fromEpochMilliseconds(input.getTime()) : null
  }
  return new Structure(input)
}

/** The text form (semantics 11). Lists and objects have none. */
export const text = (value: OracleValue): string | null => {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'bigint') return value.toString(10)
  if (value instanceof Decimal) return String(value.value)
  if (value instanceof DateTime) return invariantText(value)
  return fail('AF5008')
}

/** An integer in text form: blanks, a sign, digits. */
export const integerInText = (value: string): bigint | undefined => {
  const match = /^[\t\n\v\f\r ]*([+-]?)([0-9]+)[\t\n\v\f\r ]*$/.exec(value)
  if (match === null) return undefined
  const digits = BigInt(match[2]!)
  return match[1] === '-' ? -digits : digits
}

/** JSON by which two objects or lists are the same. */
export const json = (value: OracleValue): string =>
  JSON.stringify(value, (_key, item: unknown) => plain(item))

const plain = (item: unknown): unknown => {
  if (typeof item === 'bigint') return item.toString()
  if (item instanceof Decimal) return item.value
  if (item instanceof DateTime) return invariantText(item)
  return item instanceof Structure ? item.source : item
}
