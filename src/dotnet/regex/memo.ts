import type { Program } from './program.js'

/** The known outcomes of searching on from a memo point at a position of one text. */
export const UNKNOWN = 0
/** Nothing from here on matches. */
export const FAILS = 1
/**
 * The atomic group around the point completes, but nothing matches after it: the group as a whole has failed.
 */
export const COMMITS_AND_FAILS = 2
/** The lookaround around the point succeeds. */
export const SUCCEEDS = 3

const MAX_BYTES_PER_POINT = 2 ** 24
const MAX_BYTES = 2 ** 26

/**
 * Remembers outcomes for one text, across start positions and matches. This makes the search linear in the
 * text: the same failure is never reached twice from one point and position.
 */
export class Memo {
  readonly #tables: (Uint8Array | null | undefined)[]
  readonly #program: Program
  readonly #positions: number
  readonly #allocate: (bytes: number) => void
  #bytes = 0

  /** `allocate` is told how many bytes a table needs before it is made. */
  constructor(program: Program, textLength: number, allocate: (bytes: number) => void) {
    this.#allocate = allocate
    this.#program = program
    this.#positions = textLength + 1
    this.#tables = new Array(program.memoPoints.length)
  }

  /** The table of a point; null if it would be too large. Indexed by position × states + loop state. */
  table(point: number): Uint8Array | null {
    let table = this.#tables[point]
    if (table === undefined) {
      const bytes = this.#program.memoPoints[point]!.states * this.#positions
      const fits = bytes <= MAX_BYTES_PER_POINT && this.#bytes + bytes <= MAX_BYTES
      if (fits) {
        this.#allocate(bytes)
        this.#bytes += bytes
      }
      table = fits ? new Uint8Array(bytes) : null
      this.#tables[point] = table
    }
    return table
  }

  /** The index of a position in a point's table, for the current loop registers. */
  index(point: number, position: number, registers: Int32Array): number {
    const { loops } = this.#program.memoPoints[point]!
    let index = position
    for (const { count, mark, limit } of loops) {
      index = index * (limit + 1) + Math.min(registers[count]!, limit)
      index = index * 2 + (registers[mark] === position ? 1 : 0)
    }
    return index
  }
}
