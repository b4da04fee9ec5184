import { fromInput, type Value } from './value.js'

/**
 * An object of the source: its attributes are its own members, as they come out of JSON. Interfaces and instances of
 * classes are records too; what they inherit is not read.
 */
export type SourceRecord = object

/** Reads one attribute. Own members only: `constructor` and `__proto__` are names like any other. */
export const readAttribute = (record: SourceRecord, name: string): Value =>
  Object.hasOwn(record, name) ? fromInput((record as Readonly<Record<string, unknown>>)[name]) : null

/** The object itself when reading from it finds own members only, else a copy of its own members. */
export const plainRecord = (record: SourceRecord): SourceRecord =>
  hasOwnOnly(record) ? record : Object.assign(Object.create(null), record)

/** Whether nothing but its own members can be read from an object by these names. */
export const hasOwnOnly = (record: SourceRecord): boolean => {
  const prototype: unknown = Object.getPrototypeOf(record)
  return prototype === Object.prototype || prototype === null
}

/**
 * Makes sure that something is an object that has attributes: a mistake of the calling program, unlike dirty data,
 * is thrown.
 * @throws {TypeError} for text, bytes, lists, Maps and everything that is no object
 */
export const requireRecord = (record: unknown): void => {
  const found = notARecord(record)
  if (found !== undefined)
    throw new TypeError(`a record is an object such as { givenName: 'Ada' }, not ${found}`)
}

const notARecord = (record: unknown): string | undefined => {
  if (typeof record === 'string') return 'text; parse it with JSON.parse'
  if (record === undefined || record === null) return String(record)
  if (typeof record !== 'object') return `a ${typeof record}`
  // What objects nearly always are, for this stands in front of every evaluation.
  if (Object.getPrototypeOf(record) === Object.prototype) return undefined
  if (Array.isArray(record)) return 'a list; map its elements one by one'
  if (record instanceof Map) return 'a Map; use Object.fromEntries'
  if (record instanceof Set) return 'a Set'
  if (ArrayBuffer.isView(record) || record instanceof ArrayBuffer) return 'bytes; decode and parse them'
  if (typeof (record as { then?: unknown }).then === 'function') return 'a promise; await it'
  return undefined
}
