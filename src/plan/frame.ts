import type { UnitInput } from '../ir/unit.js'
import type { EvaluationContext } from '../values/context.js'
import { fromInput, type Value } from '../values/value.js'
import { readAttribute, type SourceRecord } from './record.js'
import { GROUP, internalised, makeReadGroup, type ReadGroup } from './sites.js'

/** The state of evaluating a unit for one object. */
export interface Frame {
  /** The inputs, then the shared computations as far as they have been needed (undefined until then). */
  readonly values: (Value | undefined)[]
  readonly context: EvaluationContext
}

/** Computes a supplied input for an object. */
export type Supply = (name: string, record: SourceRecord) => Value

/** What a property of an object from JSON is as a value. */
const take = (value: unknown): Value =>
  typeof value === 'string' ? value : value === undefined ? null : fromInput(value)

/** Reads inputs of plain objects, those from one index up to another, into a frame's values. */
type ReadInputs = (record: SourceRecord, values: unknown[]) => void

const readNothing: ReadInputs = () => {}

/** @param names internalised */
const inputReader = (names: readonly string[], from: number, to: number): ReadInputs => {
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
    for (let i = 0; i < groups.length; i++) groups[i]!(record, values, from + i * GROUP)
    for (const index of inherited) values[index] = readAttribute(record, names[index]!)
  }
}

/** Fills the values of frames for units with these inputs. */
export interface FrameReader {
  /** Values for a new frame, with room for the shared computations. */
  create(): (Value | undefined)[]
  /** Reads the inputs that the guard needs. The record must be plain. */
  readGuard(record: SourceRecord, values: (Value | undefined)[], supply: Supply | undefined): void
  /** Reads all others. */
  readRest(record: SourceRecord, values: (Value | undefined)[], supply: Supply | undefined): void
}

/** @param guardCount how many of the first inputs the guard needs */
export const frameReader = (
  inputs: readonly UnitInput[],
  guardCount: number,
  sharedCount: number,
): FrameReader => {
  const names = inputs.map(({ name }) => internalised(name))
  const part = (from: number, to: number): FrameReader['readGuard'] => {
    const read = inputReader(names, from, to)
    const supplied: number[] = []
    for (let index = from; index < to; index++) if (inputs[index]!.supplied) supplied.push(index)
    return (record, values, supply) => {
      read(record, values)
      if (supply !== undefined) for (const index of supplied) values[index] = supply(names[index]!, record)
    }
  }
  return {
    create: () => new Array<Value | undefined>(inputs.length + sharedCount).fill(undefined),
    readGuard: part(0, guardCount),
    readRest: part(guardCount, inputs.length),
  }
}
