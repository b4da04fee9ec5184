import type { CompiledObjectMapping } from '../../mapping/compile-object-mapping.js'
import { selectsUnique } from '../../mapping/selects-unique.js'

const selectionsOf = ({ attributes }: CompiledObjectMapping): string =>
  JSON.stringify(
    attributes
      .filter(selectsUnique)
      .map(({ mapping, expression }) => [mapping.targetAttributeName, expression]),
  )

/** Whether OLD and NEW differ in a SelectUniqueValue: then the effect depends on which candidates are taken. */
export const selectionsDiffer = (before: CompiledObjectMapping, after: CompiledObjectMapping): boolean =>
  selectionsOf(before) !== selectionsOf(after)

/** Tries which candidates of SelectUniqueValue have to be taken: first none, then all those it has asked for. */
export class TakenCandidates {
  readonly #taken = new Set<string>()
  readonly #asked = new Set<string>()

  readonly isTaken = (candidate: string): boolean => {
    this.#asked.add(candidate)
    return this.#taken.has(candidate)
  }

  /**
   * Calls `differs` with no candidate taken, then with all that it has asked for so far, until it returns true or
   * asks for no others.
   */
  some(differs: () => boolean): boolean {
    this.#taken.clear()
    this.#asked.clear()
    for (;;) {
      if (differs()) return true
      if (this.#asked.size === this.#taken.size) return false
      for (const one of this.#asked) this.#taken.add(one)
    }
  }

  /** The candidates that are taken now. */
  get taken(): readonly string[] {
    return [...this.#taken]
  }
}
