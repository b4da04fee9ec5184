import { fromInput, type Value } from './value.js'

/**
 * An object of the source: its attributes are its own members, as parsed from JSON. Interfaces and class
 * instances are records, too; inherited members are not read.
 */
export type SourceRecord = object

/** The names of the attributes of a type of record: any text, unless the type is stated. */
export type AttributeName<Source extends SourceRecord> = SourceRecord extends Source
  ? string
  : Extract<keyof Source, string>

/** Reads one attribute. Own members only: `constructor` and `__proto__` are ordinary names. */
export const readAttribute = (record: SourceRecord, name: string): Value =>
  Object.hasOwn(record, name) ? fromInput((record as Readonly<Record<string, unknown>>)[name]) : null

/** The object itself if reading from it finds own members only, otherwise a copy of its own members. */
export const plainRecord = (record: SourceRecord): SourceRecord =>
  hasOwnOnly(record) ? record : Object.assign(Object.create(null), record)

/** Whether reading these names from an object can find own members only. */
export const hasOwnOnly = (record: SourceRecord): boolean => {
  if (isOrdinary(record)) return true
  const prototype: unknown = Object.getPrototypeOf(record)
  return prototype === Object.prototype || prototype === null
}

/**
 * Whether it is an object such as a literal makes, the usual case. Reading `constructor` first is faster: V8
 * then takes the prototype from the object's shape and calls no function.
 */
const isOrdinary = (record: SourceRecord): boolean =>
  record.constructor === Object && Object.getPrototypeOf(record) === Object.prototype

/**
 * Requires an object with attributes. Anything else is a mistake of the calling program, and unlike dirty
 * data is thrown.
 * @throws {TypeError} for text, bytes, lists, Maps and everything that is not an object
 */
export const requireRecord = (record: unknown): void => {
  let found: string | undefined
  try {
    if (typeof record === 'object' && record !== null && isOrdinary(record)) return
    found = notARecord(record)
  } catch {
    // It is an object that cannot be read, such as a revoked proxy: evaluating it will tell.
    return
  }
  if (found !== undefined)
    throw new TypeError(`a record is an object such as { givenName: 'Ada' }, not ${found}`)
}

const notARecord = (record: unknown): string | undefined => {
  if (typeof record === 'string') return 'text; parse it with JSON.parse'
  if (record === undefined || record === null) return String(record)
  if (typeof record !== 'object') return `a ${typeof record}`
  if (Array.isArray(record)) return 'a list; map its elements one by one'
  if (record instanceof Map) return 'a Map; use Object.fromEntries'
  if (record instanceof Set) return 'a Set'
  if (ArrayBuffer.isView(record) || record instanceof ArrayBuffer) return 'bytes; decode and parse them'
  if (typeof (record as { then?: unknown }).then === 'function') return 'a promise; await it'
  return undefined
}
