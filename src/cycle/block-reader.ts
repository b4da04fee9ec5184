import type { RequiredTexts } from '../filter/index.js'
import { JsonLines, type Shaper, type SourceEntry } from '../sources/index.js'
import type { SourceRecord } from '../values/record.js'
import { candidateLines, type SoughtBytes } from './candidate-lines.js'
import type { LineBlock } from './line-blocks.js'

/** The bytes of a line within a block, and its number from 1. */
interface BlockLine {
  readonly start: number
  readonly end: number
  readonly line: number
}

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
    for (const { start, end, line } of this.#lines(bytes)) {
      this.#reader.take(line, bytes.toString(encoding, start, end), found)
      for (const entry of found) {
        if (entry.record === undefined) yield entry
        else if (!this.#shaper.leavesOut(entry.record)) yield this.#shaped(entry.line, entry.record)
      }
      found.length = 0
    }
  }

  *#lines(bytes: Buffer): Generator<BlockLine> {
    const { line, lines } = this.#block
    if (this.#required === undefined) {
      yield* allLines(bytes, line)
      return
    }
    let kept = 0
    for (const { start, end, index } of candidateLines(bytes, this.#required)) {
      kept++
      yield { start, end, line: line + index }
    }
    this.#leftOut = lines - kept
    this.#shaper.passOver(this.#leftOut)
  }

  #shaped(line: number, original: SourceRecord): SourceEntry {
    const record = this.#shaper.apply(original)
    return record === original ? { line, record } : { line, record, original }
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

const LINE_FEED = 10
const RETURN = 13

const allLines = function* (bytes: Buffer, first: number): Generator<BlockLine> {
  let line = first
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(LINE_FEED, start)
    const next = found < 0 ? bytes.length : found
    yield { start, end: bytes[next - 1] === RETURN && next > start ? next - 1 : next, line }
    start = next + 1
  }
}
