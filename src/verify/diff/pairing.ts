/** Matching elements of OLD and NEW. An element without a partner was removed or added. */
export type Pair<T> = readonly [before: T, after: T | undefined] | readonly [before: undefined, after: T]

/** An element of a pair: that of NEW, or else that of OLD. */
export const eitherOf = <T>([before, after]: Pair<T>): T => (after === undefined ? (before as T) : after)

/** Identifies elements; undefined for an element without this mark. */
export type Mark<T> = (one: T) => string | undefined

/**
 * Pairs the elements of two lists: first those with equal first marks, then of the rest those with equal
 * second marks, and so on. The pairs are in the order of NEW; removed elements come last.
 */
export const pairsOf = <T>(
  before: readonly T[],
  after: readonly T[],
  ...marks: readonly Mark<T>[]
): readonly Pair<T>[] => {
  const old = new Set(before)
  const found = new Map<T, T>()
  for (const mark of marks) {
    const marked = [...old].map((one) => [one, mark(one)] as const)
    for (const now of after) {
      const wanted = found.has(now) ? undefined : mark(now)
      if (wanted === undefined) continue
      const one = marked.find(([other, its]) => its === wanted && old.has(other))?.[0]
      if (one === undefined) continue
      old.delete(one)
      found.set(now, one)
    }
  }
  return [
    ...after.map((now): Pair<T> => [found.get(now), now] as Pair<T>),
    ...[...old].map((one): Pair<T> => [one, undefined]),
  ]
}
