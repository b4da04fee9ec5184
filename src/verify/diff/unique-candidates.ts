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

/** Finds more and more candidates of SelectUniqueValue taken: first none, then all those it has asked for. */
export class TakenCandidates {
  #taken: Set<string> = new Set()
  readonly #asked = new Set<string>()

  readonly isTaken = (candidate: string): boolean => {
    this.#asked.add(candidate)
    return this.#taken.has(candidate)
  }

  /** Calls `differs` with no candidate taken, then with more of them, until it returns true or no more are asked for. */
  some(differs: () => boolean): boolean {
    this.#taken = new Set()
    for (;;) {
      this.#asked.clear()
      if (differs()) return true
      const before = this.#taken.size
      for (const one of this.#asked) this.#taken.add(one)
      if (this.#taken.size === before) return false
    }
  }

  /** The candidates that are taken now. */
  get taken(): readonly string[] {
    return [...this.#taken]
  }
}
