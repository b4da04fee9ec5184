import type { UnitInput } from './unit.js'

/** The inputs of a unit under construction: each attribute gets one index, on first use. */
export class InputTable {
  readonly #indexes = new Map<string, number>()
  readonly #supplied: ReadonlySet<string>

  /** `supplied` are the attributes whose values the caller computes. */
  constructor(supplied: Iterable<string> = []) {
    this.#supplied = new Set(supplied)
  }

  /** The index of an attribute. */
  indexOf(name: string): number {
    const known = this.#indexes.get(name)
    if (known !== undefined) return known
    const index = this.#indexes.size
    this.#indexes.set(name, index)
    return index
  }

  /** The inputs, in the order of their indexes. */
  inputs(): readonly UnitInput[] {
    return [...this.#indexes.keys()].map((name) => ({ name, supplied: this.#supplied.has(name) }))
  }
}
