const LAST = 0xffff

/** Sorts and merges inclusive [low, high, low, high, …] ranges. */
const normalize = (ranges: readonly number[]): readonly number[] => {
  if (isNormal(ranges)) return ranges
  const pairs: [number, number][] = []
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!])
  pairs.sort((a, b) => a[0] - b[0])
  const merged: number[] = []
  for (const [low, high] of pairs) {
    const last = merged.length - 1
    if (last > 0 && low <= merged[last]! + 1) {
      if (high > merged[last]!) merged[last] = high
    } else merged.push(low, high)
  }
  return merged
}

const isNormal = (ranges: readonly number[]): boolean => {
  for (let i = 2; i < ranges.length; i += 2) if (ranges[i]! <= ranges[i - 1]! + 1) return false
  return true
}

const asciiOf = (ranges: readonly number[]): Uint8Array => {
  const ascii = new Uint8Array(128)
  for (let i = 0; i < ranges.length && ranges[i]! < 128; i += 2) {
    ascii.fill(1, ranges[i]!, Math.min(127, ranges[i + 1]!) + 1)
  }
  return ascii
}

/** An immutable set of UTF-16 code units; .NET's engine knows no code points. */
export class CharacterSet {
  /** Sorted, disjoint, inclusive ranges: low, high, low, high, … */
  readonly ranges: readonly number[]
  /** Created on demand: most sets are only compared with others. */
  #ascii: Uint8Array | undefined

  private constructor(ranges: readonly number[]) {
    this.ranges = ranges
  }

  /** Takes inclusive ranges in any order. */
  static of(ranges: readonly number[]): CharacterSet {
    return new CharacterSet(normalize(ranges))
  }

  static readonly all: CharacterSet = new CharacterSet([0, LAST])
  static readonly none: CharacterSet = new CharacterSet([])

  /** 1 for each ASCII character in the set. */
  get ascii(): Uint8Array {
    this.#ascii ??= asciiOf(this.ranges)
    return this.#ascii
  }

  has(code: number): boolean {
    if (code < 128) return this.ascii[code] === 1
    const { ranges } = this
    let low = 0
    let high = (ranges.length >> 1) - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      if (code < ranges[2 * middle]!) high = middle - 1
      else if (code > ranges[2 * middle + 1]!) low = middle + 1
      else return true
    }
    return false
  }

  invert(): CharacterSet {
    const inverted: number[] = []
    let next = 0
    for (let i = 0; i < this.ranges.length; i += 2) {
      if (this.ranges[i]! > next) inverted.push(next, this.ranges[i]! - 1)
      next = this.ranges[i + 1]! + 1
    }
    if (next <= LAST) inverted.push(next, LAST)
    return new CharacterSet(inverted)
  }

  union(other: CharacterSet): CharacterSet {
    if (other.ranges.length === 0) return this
    return this.ranges.length === 0 ? other : CharacterSet.of([...this.ranges, ...other.ranges])
  }

  subtract(other: CharacterSet): CharacterSet {
    return this.invert().union(other).invert()
  }

  /** Whether no code unit is in both. */
  isDisjoint(other: CharacterSet): boolean {
    let i = 0
    let j = 0
    while (i < this.ranges.length && j < other.ranges.length) {
      if (this.ranges[i + 1]! < other.ranges[j]!) i += 2
      else if (other.ranges[j + 1]! < this.ranges[i]!) j += 2
      else return false
    }
    return true
  }
}
