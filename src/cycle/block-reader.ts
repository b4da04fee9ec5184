import type { RequiredTexts } from '../filter/index.js'
import { JsonLines, type Shaper, type SourceEntry } from '../sources/index.js'
import { shapedEntry } from '../sources/shaped-entry.js'
import { candidateLines, linesIn, type SoughtBytes } from './candidate-lines.js'
import type { LineBlock } from './line-blocks.js'

/**
 * The contents of a block of NDJSON. The entries can be iterated once; each is parsed when it is asked for,
 * so that the previous one can be freed. The other members are complete after the last entry.
 */
export class BlockEntries implements Iterable<SourceEntry> {
  readonly #block: LineBlock
  readonly #shaper: Shaper
  readonly #required: SoughtBytes | undefined
  readonly #reader: JsonLines
  #leftOut = 0

  constructor(block: LineBlock, shaper: Shaper, required: SoughtBytes | undefined) {
    this.#block = block
    this.#shaper = shaper
    this.#required = required
    this.#reader = new JsonLines(block.line - 1)
  }

  /** Lines that were skipped without parsing. */
  get leftOut(): number {
    return this.#leftOut
  }

  /** Whether the last page in the block has a next page; undefined if no line is a page. */
  get nextPage(): boolean | undefined {
    return this.#reader.nextPage
  }

  *[Symbol.iterator](): Generator<SourceEntry> {
    const bytes = bufferOf(this.#block)
    // Line by line: a character beyond Latin-1 doubles the size of the text that contains it.
    const encoding = this.#block.ascii ? 'latin1' : 'utf8'
    const found: SourceEntry[] = []
    const lines = this.#required === undefined ? linesIn(bytes) : candidateLines(bytes, this.#required)
    let read = 0
    for (const { start, end, index } of lines) {
      read++
      this.#reader.take(this.#block.line + index, bytes.toString(encoding, start, end), found)
      for (const entry of found) {
        const shaped = shapedEntry(this.#shaper, entry)
        if (shaped !== undefined) yield shaped
      }
      found.length = 0
    }
    this.#leftOut = this.#block.lines - read
    this.#shaper.passOver(this.#leftOut)
  }
}

/** Reads the entries of blocks of NDJSON, each by itself. */
export class BlockReader {
  readonly #shaper: Shaper
  readonly #required: SoughtBytes | undefined

  /** @param required the texts of which a line must contain some; undefined to read every line */
  constructor(shaper: Shaper, required: RequiredTexts | undefined) {
    this.#shaper = shaper
    this.#required = required?.map((lists) =>
      lists.map((texts) => texts.map((text) => Buffer.from(text, 'utf8'))),
    )
  }

  read(block: LineBlock): BlockEntries {
    return new BlockEntries(block, this.#shaper, this.#required)
  }
}

const bufferOf = ({ bytes }: LineBlock): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
