import fc from 'fast-check'

/** A 32-bit number from a text, by FNV-1a. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Random choices that are the same for the same seed: a case can be run again by itself. */
export class Random {
  #state: number

  constructor(seed: string) {
    this.#state = hashOf(seed)
  }

  /** 32 bits, by mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let word = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return (word ^ (word >>> 14)) >>> 0
  }

  /** A whole number from 0 up to, and without, the limit. */
  below(limit: number): number {
    return limit <= 1 ? 0 : this.next() % limit
  }

  /** Mostly small, now and then as large as the limit allows. */
  size(limit: number): number {
    return this.below(Math.min(limit, this.pick([2, 4, 16, 256, limit])) + 1)
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.below(times) === 0
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  /** A value of one of fast-check's arbitraries. */
  draw<T>(arbitrary: fc.Arbitrary<T>): T {
    return fc.sample(arbitrary, { numRuns: 1, seed: this.next() | 0 })[0]!
  }
}
