import type { UnitInput } from '../ir/unit.js'
import type { EvaluationContext } from '../values/context.js'
import { fromInput, type Value } from '../values/value.js'
import { takeRead } from './sites.js'

/** The state of evaluating a unit for one object. */
export interface Frame {
  /** The inputs, then the shared computations as far as they have been needed (undefined until then). */
  readonly values: (Value | undefined)[]
  readonly context: EvaluationContext
}

/** An object of the source, as it comes out of JSON. */
export type SourceRecord = Readonly<Record<string, unknown>>

/** Computes a supplied input for an object. */
export type Supply = (name: string, record: SourceRecord) => Value

/** Reads one attribute. Own members only: `constructor` and `__proto__` are names like any other. */
export const readAttribute = (record: SourceRecord, name: string): Value =>
  Object.hasOwn(record, name) ? fromInput(record[name]) : null

/** The object itself when reading from it finds own members only, else a copy of its own members. */
export const plainRecord = (record: SourceRecord): SourceRecord =>
  isPlain(record) ? record : Object.assign(Object.create(null), record)

/** Whether nothing but its own members can be read from an object by these names. */
const isPlain = (record: SourceRecord): boolean => {
  const prototype: unknown = Object.getPrototypeOf(record)
  return prototype === Object.prototype || prototype === null
}

type Reader = (record: SourceRecord) => Value

/** A reader of one attribute of plain objects. Names that objects inherit are read with a check. */
const readerOf = (name: string): Reader => {
  if (name in Object.prototype) return (record) => readAttribute(record, name)
  const read = takeRead()
  return (record) => {
    const value = read(record, name)
    return typeof value === 'string' ? value : value === undefined ? null : fromInput(value)
  }
}

/** Makes the function that opens frames for a unit with these inputs and that many shared computations. */
export const frameOpener = (
  inputs: readonly UnitInput[],
  sharedCount: number,
): ((record: SourceRecord, context: EvaluationContext, supply?: Supply) => Frame) => {
  const names = inputs.map(({ name }) => name)
  const readers = names.map(readerOf)
  const supplied = inputs.flatMap(({ supplied }, index) => (supplied ? [index] : []))
  return (record, context, supply) => {
    const values: (Value | undefined)[] = []
    if (isPlain(record)) for (let i = 0; i < readers.length; i++) values.push(readers[i]!(record))
    else for (const name of names) values.push(readAttribute(record, name))
    for (let i = 0; i < sharedCount; i++) values.push(undefined)
    if (supply !== undefined) for (const index of supplied) values[index] = supply(names[index]!, record)
    return { values, context }
  }
}
