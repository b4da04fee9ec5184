import type { RequiredTexts } from '../filter/index.js'
import { JsonLines, type Shaper, type SourceEntry } from '../sources/index.js'
import { shapedEntry } from '../sources/shaped-entry.js'
import { candidateLines, linesIn, type SoughtBytes } from './candidate-lines.js'
import type { LineBlock } from './line-blocks.js'

/**
 * What a block of NDJSON holds. The entries are read as they are asked for, once, so that each can be forgotten before
 * the next one is there; the other members are known when the last one was.
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

  /** Lines that were left out before they were parsed. */
  get leftOut(): number {
    return this.#leftOut
  }

  /** Whether the last page of the block says that another one follows; undefined when no line is a page. */
  get nextPage(): boolean | undefined {
    return this.#reader.nextPage
  }

  *[Symbol.iterator](): Generator<SourceEntry> {
    const bytes = bufferOf(this.#block)
    // Line by line: a letter beyond Latin-1 doubles the size of the text that it stands in.
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

  /** @param required what a line has that is read; undefined to read every line */
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
