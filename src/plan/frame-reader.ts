import type { UnitInput } from '../ir/unit.js'
import { internalised } from '../text/internalised.js'
import { plainRecord, readAttribute, type SourceRecord } from '../values/record.js'
import { type SuppliedInput, suppliedValue } from '../values/supplied.js'
import { fromInput, type Value } from '../values/value.js'
import type { Frame } from './frame.js'
import { GROUP, makeReadGroup, type ReadGroup } from './sites.js'

/** Converts a property of a JSON object to a value. */
const take = (value: unknown): Value =>
  value === null || typeof value === 'string' || typeof value === 'boolean' ? value : fromInput(value)

/** Reads the inputs that a part of a unit needs into a frame's values. */
export type ReadInputs = (record: SourceRecord, values: Frame['values'], inactive: boolean) => void

/**
 * Reads some inputs. Returns false and leaves the values unusable for an object that inherits more than plain
 * objects do.
 */
type ReadOwn = (record: SourceRecord, values: unknown[]) => boolean

const readNothing: ReadOwn = () => true

/** @param names internalised */
const ownReader = (names: readonly string[], from: number, to: number): ReadOwn => {
  if (from === to) return readNothing
  const groups: ReadGroup[] = []
  for (let at = from; at < to; at += GROUP) {
    groups.push(makeReadGroup(names.slice(at, Math.min(at + GROUP, to)), take))
  }
  // Names that every object inherits are read with a check.
  const inherited: number[] = []
  for (let index = from; index < to; index++) {
    if (names[index]! in Object.prototype) inherited.push(index)
  }
  return (record, values) => {
    for (let i = 0; i < groups.length; i++) {
      if (!groups[i]!(record as Readonly<Record<string, unknown>>, values, from + i * GROUP, i === 0))
        return false
    }
    for (let i = 0; i < inherited.length; i++) {
      values[inherited[i]!] = readAttribute(record, names[inherited[i]!]!)
    }
    return true
  }
}

/** Reads inputs, from one index up to another. */
const inputReader = (
  inputs: readonly UnitInput[],
  names: readonly string[],
  from: number,
  to: number,
): ReadInputs => {
  const readOwn = ownReader(names, from, to)
  const supplied: { readonly index: number; readonly kind: SuppliedInput }[] = []
  for (let index = from; index < to; index++) {
    const kind = inputs[index]!.supplied
    if (kind !== undefined) supplied.push({ index, kind })
  }
  return (record, values, inactive) => {
    if (!readOwn(record, values)) readOwn(plainRecord(record), values)
    for (let i = 0; i < supplied.length; i++) {
      const { index, kind } = supplied[i]!
      const own = plainRecord(record) as Readonly<Record<string, unknown>>
      values[index] = suppliedValue(kind, values[index] as Value, own, inactive)
    }
  }
}

/** Fills the values of frames for units with these inputs. */
export interface FrameReader {
  /** Reads the inputs that the guard and the early roots need. */
  readonly readFirst: ReadInputs
  /** Reads all the others. */
  readonly readRest: ReadInputs
}

/** @param firstCount the number of inputs that are read before the guard is evaluated */
export const frameReader = (inputs: readonly UnitInput[], firstCount: number): FrameReader => {
  const names = inputs.map(({ name }) => internalised(name))
  return {
    readFirst: inputReader(inputs, names, 0, firstCount),
    readRest: inputReader(inputs, names, firstCount, inputs.length),
  }
}
