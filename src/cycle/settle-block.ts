import { KEY_RECORD_WORDS } from '../mapping/key-table.js'
import type { BlockReader } from './block-reader.js'
import type { DeferredBlock } from './deferred-block.js'
import type { EntryMapper, WrittenEntry } from './entry-mapper.js'
import type { LineBlock } from './line-blocks.js'

/** The text written for a block, as UTF-8. */
export interface WrittenBlock {
  readonly output: Uint8Array
  readonly escrow: Uint8Array
}

/**
 * Compares the matching values of a block with those of the blocks before it, and counts the outcomes.
 * Objects whose value occurred on an earlier line are mapped again, as errors.
 */
export const settleBlock = (
  block: LineBlock,
  deferred: DeferredBlock,
  reader: BlockReader,
  mapper: EntryMapper,
): WrittenBlock => {
  const { keys, keyed, output, escrow, outputEnds, escrowEnds, report } = deferred
  mapper.report.merge(report)
  const duplicates = new Map<number, number>()
  keyed.forEach((entry, index) => {
    const first = mapper.keys.insert(keys, index * KEY_RECORD_WORDS)
    if (first > 0) duplicates.set(entry, first)
  })
  if (duplicates.size === 0) return { output, escrow }
  const rewritten = new Map<number, WrittenEntry>()
  for (const [index, entry] of [...reader.read(block)].entries()) {
    const first = duplicates.get(index)
    if (first !== undefined && entry.record !== undefined) rewritten.set(index, mapper.retake(entry, first))
  }
  const text = (bytes: Uint8Array, ends: Uint32Array, part: 'output' | 'escrow'): Uint8Array =>
    spliced(bytes, ends, new Map([...rewritten].map(([index, written]) => [index, written[part]])))
  return { output: text(output, outputEnds, 'output'), escrow: text(escrow, escrowEnds, 'escrow') }
}

/** The bytes of a text with the parts of some entries replaced. */
const spliced = (bytes: Uint8Array, ends: Uint32Array, replaced: ReadonlyMap<number, string>): Uint8Array => {
  const parts: Uint8Array[] = []
  let from = 0
  for (const [index, instead] of [...replaced].sort(([a], [b]) => a - b)) {
    parts.push(bytes.subarray(from, ends[index - 1] ?? 0), Buffer.from(instead))
    from = ends[index] ?? bytes.length
  }
  return Buffer.concat([...parts, bytes.subarray(from)])
}
