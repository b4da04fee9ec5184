/** The inputs of a unit under construction: each attribute gets one index, on first use. */
export class InputTable {
  readonly #indexes = new Map<string, number>()

  /** The index of an attribute. */
  indexOf(name: string): number {
    const known = this.#indexes.get(name)
    if (known !== undefined) return known
    const index = this.#indexes.size
    this.#indexes.set(name, index)
    return index
  }

  /** The names, in the order of their indexes. */
  names(): readonly string[] {
    return [...this.#indexes.keys()]
  }
}
