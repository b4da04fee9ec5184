/**
 * The number of single edits from one text to the other: insert, delete or replace a character, or swap two
 * neighbours (Damerau-Levenshtein distance in its optimal string alignment form).
 */
export const editDistance = (a: string, b: string): number => {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  let best = b.length
  for (let i = 1; i <= a.length; i++) {
    best = i
    const row = [best]
    let diagonal = i - 1
    for (let j = 1; j <= b.length; j++) {
      const above = last[j] ?? j
      best = Math.min(best + 1, above + 1, a[i - 1] === b[j - 1] ? diagonal : diagonal + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? j) + 1)
      row.push(best)
      diagonal = above
    }
    beforeLast = last
    last = row
  }
  return best
}

/** Longer names are not compared: the time grows with the square of the length. */
const LONGEST_NAME = 120

/** At most this many candidates of similar length are compared. */
const MOST_COMPARISONS = 2_000

/**
 * The candidate that a misspelt name probably means: the same name in another case, else the nearest one
 * within a third of its length (at least one edit). Undefined if none is near. Among equals, the first wins.
 */
export const closest = (name: string, candidates: Iterable<string>): string | undefined => {
  if (name.length > LONGEST_NAME) return undefined
  let comparisons = MOST_COMPARISONS
  const wanted = name.toLowerCase()
  let best: string | undefined
  let distance = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    const folded = candidate.toLowerCase()
    if (folded === wanted) return candidate
    if (Math.abs(folded.length - wanted.length) >= distance) continue
    if (comparisons-- === 0) break
    const found = editDistance(wanted, folded)
    if (found < distance) {
      best = candidate
      distance = found
    }
  }
  return best
}
