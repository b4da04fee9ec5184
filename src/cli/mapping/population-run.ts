import {
  type BlockReader,
  type EntryMapper,
  type LineBlock,
  LineBlocks,
  type LinePlace,
  mapInParallel,
  settleBlock,
} from '../../cycle/index.js'
import type { SourceEntry } from '../../sources/index.js'
import { note } from '../../sources/notes.js'
import type { Destination, Done } from './destination.js'
import type { MapWorker } from './map-thread.js'
import type { Population } from './population.js'
import type { Progress } from './progress.js'

/** The options of a run over a population. */
export interface PopulationRunOptions {
  readonly population: Population
  readonly mapper: EntryMapper
  readonly reader: BlockReader
  readonly destination: Destination
  /** The most entries to map. */
  readonly limit: number
  /** The number of entries between checkpoints. */
  readonly every: number
  /** The size of the file in bytes, if known. */
  readonly size: number | undefined
  readonly progress: Progress
  readonly signal: AbortSignal | undefined
  /** Starts the threads that map; none if this thread does. */
  readonly startWorkers: () => readonly MapWorker[]
}

type ResumePlace = LinePlace & { readonly ascii: boolean }

const beginning: ResumePlace = { offset: 0, line: 1, ascii: true }

/**
 * Maps the remaining entries of a population. NDJSON is read in blocks of bytes, which threads can share;
 * every other form is read entry by entry.
 */
export class PopulationRun {
  readonly #options: PopulationRunOptions
  readonly #before: number
  #entries: number
  /** The number of entries at the last checkpoint. */
  #saved: number
  #place: ResumePlace | undefined
  #skip: number
  #nextPage: boolean | undefined

  constructor(options: PopulationRunOptions) {
    this.#options = options
    const { resumed } = options.destination
    this.#before = resumed?.entries ?? 0
    this.#entries = this.#before
    this.#saved = this.#before
    this.#place = resumed?.source.place
    this.#skip = resumed?.source.skip ?? 0
    this.#nextPage = resumed?.source.nextPage
  }

  /** @param inBlocks whether the population is NDJSON in UTF-8 */
  async map(inBlocks: boolean): Promise<Done> {
    const { population, signal, limit, progress } = this.#options
    try {
      if (inBlocks && limit === Number.POSITIVE_INFINITY && this.#skip === 0) {
        const blocks = await this.#mapBlocks()
        // The part that is not UTF-8 is read entry by entry.
        if (blocks.rest === undefined) {
          if (this.#nextPage === true) population.note(note('AF4912', {}))
          return this.#done()
        }
        this.#place = blocks.rest
      }
      const place = this.#place
      await this.#mapEntries(
        place === undefined ? population.entries(signal) : population.linesFrom(place, signal),
      )
      return this.#done()
    } finally {
      await progress.clear()
    }
  }

  #done(): Done {
    const nextPage = this.#nextPage
    return {
      entries: this.#entries,
      source: {
        place: this.#place,
        skip: this.#skip,
        shaper: this.#options.population.shaper.state(),
        ...(nextPage === undefined ? {} : { nextPage }),
      },
    }
  }

  async #checkpoint(): Promise<void> {
    const { destination, mapper, every, progress } = this.#options
    if (this.#entries - this.#saved < every) return
    this.#saved = this.#entries
    await progress.clear()
    await destination.checkpoint(this.#done(), mapper)
  }

  async #mapEntries(groups: AsyncIterable<readonly SourceEntry[]>): Promise<void> {
    const { mapper, destination, limit, signal } = this.#options
    const skip = this.#skip
    let seen = 0
    for await (const entries of groups) {
      for (const entry of entries) {
        if (this.#entries >= limit || signal?.aborted === true) return
        if (++seen <= skip) continue
        this.#entries++
        this.#skip++
        const wait = destination.write(mapper.take(entry))
        if (wait !== undefined) await wait
        await this.#checkpoint()
      }
      await destination.pause()
      await this.#show()
    }
  }

  async #mapBlocks(): Promise<LineBlocks> {
    const { population, signal } = this.#options
    const place = this.#place ?? beginning
    const blocks = new LineBlocks(population.bytesFrom(place.offset, signal), place, place.ascii)
    const iterator = blocks[Symbol.asyncIterator]()
    const first = this.#before > 0 ? undefined : await iterator.next()
    // The first block shows the shape of the objects, which the threads need at their start.
    if (first !== undefined && first.done !== true) await this.#mapHere(first.value)
    const second = await iterator.next()
    if (second.done === true) return blocks
    const rest = (async function* () {
      yield second.value
      yield* iterator
    })()
    const workers = this.#options.startWorkers()
    try {
      if (workers.length === 0) for await (const block of rest) await this.#mapHere(block)
      else await this.#mapThere(rest, workers)
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()))
    }
    return blocks
  }

  async #mapHere(block: LineBlock): Promise<void> {
    const { reader, mapper, destination, signal } = this.#options
    if (signal?.aborted === true) return
    const entries = reader.read(block)
    let count = 0
    for (const entry of entries) {
      count++
      const wait = destination.write(mapper.take(entry))
      if (wait !== undefined) await wait
    }
    mapper.report.addLeftOut(entries.leftOut)
    await this.#endBlock(block, count, entries.nextPage)
  }

  async #mapThere(blocks: AsyncIterable<LineBlock>, workers: readonly MapWorker[]): Promise<void> {
    const { reader, mapper, destination, population, signal } = this.#options
    for await (const { block, deferred } of mapInParallel(blocks, workers)) {
      if (signal?.aborted === true) return
      const { output, escrow } = settleBlock(block, deferred, reader, mapper)
      population.shaper.merge({ ...deferred.shaper, records: deferred.entries })
      await destination.writeBytes(output, escrow)
      await this.#endBlock(block, deferred.entries, deferred.nextPage)
    }
  }

  async #endBlock(block: LineBlock, entries: number, nextPage: boolean | undefined): Promise<void> {
    this.#entries += entries
    this.#place = { offset: block.end, line: block.line + block.lines, ascii: block.asciiSoFar }
    this.#nextPage = nextPage ?? this.#nextPage
    await this.#checkpoint()
    await this.#show()
  }

  async #show(): Promise<void> {
    const { progress, mapper, population, size } = this.#options
    const { total, skipped, failed } = mapper.report
    const remarks = [
      ...(skipped === 0 ? [] : [`${skipped} skipped`]),
      ...(failed === 0 ? [] : [`${failed} failed`]),
    ]
    await progress.show({ total, remarks, read: population.bytesRead, size })
  }
}
