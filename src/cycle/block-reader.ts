import { JsonLines, type Shaper, type SourceEntry } from '../sources/index.js'
import { candidateLines } from './candidate-lines.js'
import type { LineBlock } from './line-blocks.js'

/** What a block of NDJSON holds. */
export interface BlockEntries {
  readonly entries: readonly SourceEntry[]
  /** Lines that were left out before they were parsed. */
  readonly leftOut: number
  /** Whether the last page of the block says that another one follows; undefined when no line is a page. */
  readonly nextPage: boolean | undefined
}

/** Reads the entries of blocks of NDJSON, each by itself. */
export class BlockReader {
  readonly #shaper: Shaper
  readonly #required: readonly Buffer[] | undefined

  /** @param required texts of which each line has one that is read; undefined to read every line */
  constructor(shaper: Shaper, required: readonly string[] | undefined) {
    this.#shaper = shaper
    this.#required = required?.map((text) => Buffer.from(text, 'utf8'))
  }

  read(block: LineBlock): BlockEntries {
    const reader = new JsonLines(block.line - 1)
    const found: SourceEntry[] = []
    const leftOut =
      this.#required === undefined
        ? readAll(reader, block, found)
        : readCandidates(reader, block, this.#required, found)
    const entries = found.flatMap((entry) =>
      entry.record !== undefined && this.#shaper.leavesOut(entry.record) ? [] : [this.#shaped(entry)],
    )
    return { entries, leftOut, nextPage: reader.nextPage }
  }

  #shaped(entry: SourceEntry): SourceEntry {
    if (entry.record === undefined) return entry
    const record = this.#shaper.apply(entry.record)
    return record === entry.record ? entry : { line: entry.line, record, original: entry.record }
  }
}

const bufferOf = ({ bytes }: LineBlock): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const readAll = (reader: JsonLines, block: LineBlock, entries: SourceEntry[]): number => {
  const text = bufferOf(block).toString(block.ascii ? 'latin1' : 'utf8')
  let line = block.line
  for (let from = 0; from < text.length; line++) {
    const end = text.indexOf('\n', from)
    const until = end < 0 ? text.length : end
    reader.take(line, text.slice(from, text[until - 1] === '\r' ? until - 1 : until), entries)
    from = until + 1
  }
  return 0
}

const readCandidates = (
  reader: JsonLines,
  block: LineBlock,
  required: readonly Buffer[],
  entries: SourceEntry[],
): number => {
  const bytes = bufferOf(block)
  const encoding = block.ascii ? 'latin1' : 'utf8'
  let kept = 0
  for (const { start, end, index } of candidateLines(bytes, required)) {
    reader.take(block.line + index, bytes.toString(encoding, start, end), entries)
    kept++
  }
  return block.lines - kept
}
