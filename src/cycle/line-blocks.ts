import { isAscii, isUtf8 } from 'node:buffer'

/** Whole lines of a file. */
export interface LineBlock {
  /** Their bytes, with all line breaks; the last line of a file may have none. */
  readonly bytes: Uint8Array
  /** Whether they are pure ASCII; UTF-8 otherwise. */
  readonly ascii: boolean
  /** The number of the first line, from 1. */
  readonly line: number
  readonly lines: number
  /** Where the block ends in the file, in bytes. */
  readonly end: number
  /** Whether everything up to there is ASCII. */
  readonly asciiSoFar: boolean
}

/** The start of a line in a file. */
export interface LinePlace {
  /** In bytes. */
  readonly offset: number
  /** The number of the line, from 1. */
  readonly line: number
}

const LINE_FEED = 10

/** How many lines end within bytes. */
const breaksIn = (bytes: Buffer): number => {
  let count = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) count++
  return count
}

/** The bytes without the byte order mark of UTF-8. */
const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

/**
 * Cuts the bytes of a file into blocks of whole lines, each about as large as the pieces that are read. Stops
 * before the first block that is not UTF-8: then {@link rest} is where the rest of the file begins.
 */
export class LineBlocks {
  readonly #pieces: AsyncIterable<Uint8Array>
  #place: LinePlace
  #ascii: boolean
  #rest: (LinePlace & { readonly ascii: boolean }) | undefined

  /**
   * @param pieces the bytes from `place` on
   * @param ascii whether everything before the place is ASCII
   */
  constructor(pieces: AsyncIterable<Uint8Array>, place: LinePlace, ascii: boolean) {
    this.#pieces = pieces
    this.#place = place
    this.#ascii = ascii
  }

  /**
   * Where the lines begin that are not UTF-8, and whether everything before them is ASCII; undefined if there
   * are none.
   */
  get rest(): (LinePlace & { readonly ascii: boolean }) | undefined {
    return this.#rest
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LineBlock> {
    let held: Uint8Array[] = []
    for await (const piece of this.#pieces) {
      const cut = piece.lastIndexOf(LINE_FEED) + 1
      if (cut === 0) {
        held.push(piece)
        continue
      }
      const block = this.#blockOf(Buffer.concat([...held, piece.subarray(0, cut)]))
      held = [piece.subarray(cut)]
      if (block === undefined) return
      yield block
    }
    const last = Buffer.concat(held)
    const block = last.length === 0 ? undefined : this.#blockOf(last)
    if (block !== undefined) yield block
  }

  #blockOf(whole: Buffer): LineBlock | undefined {
    const { offset, line } = this.#place
    const bytes = offset === 0 ? withoutMark(whole) : whole
    const ascii = isAscii(bytes)
    if (!ascii && !isUtf8(bytes)) {
      this.#rest = { offset, line, ascii: this.#ascii }
      return undefined
    }
    this.#ascii &&= ascii
    const breaks = breaksIn(bytes)
    const end = offset + whole.length
    this.#place = { offset: end, line: line + breaks }
    const complete = bytes[bytes.length - 1] === LINE_FEED
    return { bytes, ascii, line, lines: complete ? breaks : breaks + 1, end, asciiSoFar: this.#ascii }
  }
}
