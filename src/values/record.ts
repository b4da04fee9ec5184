import { fromInput, type Value } from './value.js'

/** An object of the source, as it comes out of JSON. */
export type SourceRecord = Readonly<Record<string, unknown>>

/** Reads one attribute. Own members only: `constructor` and `__proto__` are names like any other. */
export const readAttribute = (record: SourceRecord, name: string): Value =>
  Object.hasOwn(record, name) ? fromInput(record[name]) : null

/** The object itself when reading from it finds own members only, else a copy of its own members. */
export const plainRecord = (record: SourceRecord): SourceRecord =>
  hasOwnOnly(record) ? record : Object.assign(Object.create(null), record)

/** Whether nothing but its own members can be read from an object by these names. */
export const hasOwnOnly = (record: SourceRecord): boolean => {
  const prototype: unknown = Object.getPrototypeOf(record)
  return prototype === Object.prototype || prototype === null
}
