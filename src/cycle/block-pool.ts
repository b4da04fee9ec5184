import type { DeferredBlock } from './deferred-block.js'
import type { LineBlock } from './line-blocks.js'

/** Maps blocks elsewhere, one after the other. */
export interface BlockWorker {
  map(block: LineBlock): Promise<DeferredBlock>
}

/** The most blocks that a worker has at once, so that it need not wait while the next one is read. */
const AHEAD = 2

/** Lets workers map blocks in parallel, and yields the results in the order of the file. */
export const mapInParallel = async function* (
  blocks: AsyncIterable<LineBlock>,
  workers: readonly BlockWorker[],
): AsyncGenerator<{ readonly block: LineBlock; readonly deferred: DeferredBlock }> {
  const pending: Promise<{ readonly block: LineBlock; readonly deferred: DeferredBlock }>[] = []
  let next = 0
  for await (const block of blocks) {
    const worker = workers[next++ % workers.length]
    if (worker === undefined) throw new RangeError('no workers')
    const result = worker.map(block).then((deferred) => ({ block, deferred }))
    // A failure is reported when its turn comes; without this it would be an unhandled rejection until then.
    result.catch(() => undefined)
    pending.push(result)
    const first = pending.length >= workers.length * AHEAD ? pending.shift() : undefined
    if (first !== undefined) yield await first
  }
  for (const result of pending) yield await result
}
