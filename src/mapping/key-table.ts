import { digestInto } from '../text/short-digest.js'

/** Numbers of one record: a digest of the key (three), the line, a digest of the object's identifier (two). */
export const KEY_RECORD_WORDS = 6

const WORDS = KEY_RECORD_WORDS

const growBy = 2
const firstCapacity = 1 << 10

/** Writes the record of a key: its digest, the line, and a digest of the object's identifier (zeros for none). */
export const keyRecord = (
  key: string,
  line: number,
  id: string | undefined,
  words: Uint32Array = new Uint32Array(WORDS),
  at = 0,
): Uint32Array => {
  digestInto(key, words, at, 3)
  words[at + 3] = line
  words[at + 4] = 0
  words[at + 5] = 0
  if (id !== undefined) digestInto(id, words, at + 4, 2)
  return words
}

/**
 * Stores keys and the lines of their first occurrence, in 24 bytes a key plus the index. Keys are compared by
 * digests of 96 bits: among a hundred million keys, the probability that two different ones collide is below
 * 1 in 10^12.
 */
export class KeyTable {
  #records = new Uint32Array(firstCapacity * WORDS)
  /** Positions of records, counted from 1; 0 is free. At least twice as many as records. */
  #index = new Int32Array(firstCapacity * 2)
  #count = 0

  /** @param records the records of another table, in their order */
  constructor(records: Uint32Array = new Uint32Array()) {
    for (let at = 0; at < records.length; at += WORDS) this.insert(records, at)
  }

  get size(): number {
    return this.#count
  }

  /**
   * The record with the same key as another one, to be read or changed in place; undefined if there is none.
   */
  find(words: Uint32Array, at = 0): Uint32Array | undefined {
    const place = this.#placeOf(words, at)
    return place === 0 ? undefined : this.#records.subarray((place - 1) * WORDS, place * WORDS)
  }

  /** The position of the record with this key, from 1; 0 if there is none. */
  #placeOf(words: Uint32Array, at: number): number {
    const mask = this.#index.length - 1
    const records = this.#records
    for (let slot = (words[at] ?? 0) & mask; ; slot = (slot + 1) & mask) {
      const place = this.#index[slot] ?? 0
      if (place === 0) return 0
      const from = (place - 1) * WORDS
      if (
        records[from] === words[at] &&
        records[from + 1] === words[at + 1] &&
        records[from + 2] === words[at + 2]
      )
        return place
    }
  }

  /**
   * Stores a record from {@link keyRecord}, unless another object already has its key.
   * @returns the line of the first object with this key; 0 if this is the first, or the same object again
   */
  insert(words: Uint32Array, at = 0): number {
    const place = this.#placeOf(words, at)
    if (place > 0) {
      const from = (place - 1) * WORDS
      const records = this.#records
      const named = words[at + 4] !== 0 || words[at + 5] !== 0
      const same = records[from + 4] === words[at + 4] && records[from + 5] === words[at + 5]
      return named && same ? 0 : (records[from + 3] ?? 0)
    }
    if ((this.#count + 1) * WORDS > this.#records.length) this.#grow()
    this.#records.set(words.subarray(at, at + WORDS), this.#count * WORDS)
    this.#count++
    this.#index[this.#free(words[at] ?? 0)] = this.#count
    return 0
  }

  /** The free slot for a record whose key is not in the table. */
  #free(first: number): number {
    const mask = this.#index.length - 1
    let slot = first & mask
    while (this.#index[slot] !== 0) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const records = new Uint32Array(this.#records.length * growBy)
    records.set(this.#records)
    this.#records = records
    this.#index = new Int32Array(this.#index.length * growBy)
    for (let place = 1; place <= this.#count; place++)
      this.#index[this.#free(records[(place - 1) * WORDS] ?? 0)] = place
  }

  /** The records from a position on, in the order in which they were stored. */
  recordsFrom(count: number): Uint32Array {
    return this.#records.subarray(count * WORDS, this.#count * WORDS)
  }
}
