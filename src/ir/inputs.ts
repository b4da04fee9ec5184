import type { SuppliedInput } from '../values/supplied.js'
import type { UnitInput } from './unit.js'

/** The inputs of a unit under construction: each attribute gets one index, on first use. */
export interface InputTable {
  /** The index of an attribute. */
  indexOf(name: string): number
  /** The inputs, in the order of their indexes. */
  inputs(): readonly UnitInput[]
}

/** Creates an empty table; `supplied` lists the attributes that the service computes, by name. */
export const createInputTable = (supplied: ReadonlyMap<string, SuppliedInput> = new Map()): InputTable => {
  const indexes = new Map<string, number>()
  const found: UnitInput[] = []
  return {
    indexOf: (name) => {
      const known = indexes.get(name)
      if (known !== undefined) return known
      const index = found.push({ name, supplied: supplied.get(name) }) - 1
      indexes.set(name, index)
      return index
    },
    inputs: () => [...found],
  }
}
