import type { Shaper, ShaperState } from '../sources/index.js'
import type { BlockReader } from './block-reader.js'
import type { EntryMapper } from './entry-mapper.js'
import type { LineBlock } from './line-blocks.js'
import type { RunReportData } from './run-report.js'
import { TextBytes } from './text-bytes.js'

/**
 * The result of a block whose matching values are not yet compared with those of other blocks. Plain data, so
 * that a worker can send it.
 */
export interface DeferredBlock {
  readonly entries: number
  /** As UTF-8. */
  readonly output: Uint8Array
  readonly escrow: Uint8Array
  /** The end of each entry's text, in bytes. */
  readonly outputEnds: Uint32Array
  readonly escrowEnds: Uint32Array
  /** The records of matching values, and the indexes of their entries. */
  readonly keys: Uint32Array
  readonly keyed: Uint32Array
  /** The counts of this block. */
  readonly report: RunReportData
  /** What the worker has recognised about the population so far. */
  readonly shaper: ShaperState
  readonly nextPage: boolean | undefined
}

/** Maps a block on its own. */
export const mapDeferred = (
  block: LineBlock,
  reader: BlockReader,
  mapper: EntryMapper,
  shaper: Shaper,
): DeferredBlock => {
  const entries = reader.read(block)
  const outputEnds: number[] = []
  const escrowEnds: number[] = []
  const keys: Uint32Array[] = []
  const keyed: number[] = []
  const output = new TextBytes(block.bytes.length)
  const escrow = new TextBytes(0)
  for (const entry of entries) {
    const written = mapper.takeDeferred(entry)
    output.append(written.output)
    escrow.append(written.escrow)
    outputEnds.push(output.length)
    escrowEnds.push(escrow.length)
    if (written.key === undefined) continue
    keys.push(written.key)
    keyed.push(outputEnds.length - 1)
  }
  mapper.report.addLeftOut(entries.leftOut)
  return {
    entries: outputEnds.length,
    output: output.take(),
    escrow: escrow.take(),
    outputEnds: Uint32Array.from(outputEnds),
    escrowEnds: Uint32Array.from(escrowEnds),
    keys: joined(keys),
    keyed: Uint32Array.from(keyed),
    report: mapper.takeReport(),
    shaper: shaper.state(),
    nextPage: entries.nextPage,
  }
}

const joined = (parts: readonly Uint32Array[]): Uint32Array => {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The buffers of a block that can be moved to another thread instead of copied. */
export const buffersOf = ({
  output,
  escrow,
  outputEnds,
  escrowEnds,
  keys,
  keyed,
}: DeferredBlock): ArrayBuffer[] =>
  [output, escrow, outputEnds, escrowEnds, keys, keyed].map(({ buffer }) => buffer as ArrayBuffer)
