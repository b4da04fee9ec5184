const CAPACITY = 256
const LONGEST_KEY = 10_000

/**
 * Caches the result of `make` for a text. Format strings and cultures may come from attributes, so the cache
 * is bounded: it is emptied when full, and very long texts are not kept.
 */
export const memoized = <Made>(make: (text: string) => Made): ((text: string) => Made) => {
  const known = new Map<string, Made>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = make(text)
    if (text.length <= LONGEST_KEY) {
      if (known.size >= CAPACITY) known.clear()
      known.set(text, made)
    }
    return made
  }
}
