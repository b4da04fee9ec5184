import type { Target } from '../connect/target.js'
import type { CycleReport } from '../provision/job.js'
import { KeyedQueue } from '../provision/keyed-queue.js'
import { StateError } from '../state/index.js'
import type { JobState, SharedCycle } from '../state/rows.js'
import { type ChunkSettings, type ChunkWorld, runChunk } from './chunk.js'
import { beginShared, isUnderWay, requeue, type SharedJob } from './shared-cycle.js'

/** The options of a worker. */
export interface WorkerOptions
  extends Partial<ChunkSettings>,
    Partial<Pick<ChunkWorld, 'admit' | 'matching'>> {
  /**
   * How many chunks to process at once, each with one open request. Default: as many as the target allows.
   */
  readonly concurrency?: number
  /**
   * Milliseconds from the start of a cycle to the start of the next one; `once`: take part in one cycle and
   * end.
   */
  readonly interval: number | 'once'
  /** Milliseconds between two checks of an empty queue. Default 500. */
  readonly idle?: number
  /**
   * Milliseconds without work after which a worker looks for work that the queue has lost. Default 10,000.
   */
  readonly lostAfter?: number
  /**
   * Called for each cycle that ends with a chunk of this worker, and for faults of the state, after which the
   * worker continues.
   */
  readonly told?: (event: CycleReport | Error) => void
}

/**
 * A target whose requests are not cut off when the worker ends: it waits for the answer to a request that was
 * sent.
 */
const uninterrupted = (target: Target): Target => ({
  name: target.name,
  abilities: target.abilities,
  probe: (kind, key) => target.probe(kind, key),
  find: (kind, key) => target.find(kind, key),
  read: (kind, id) => target.read(kind, id),
  create: (kind, values) => target.create(kind, values),
  update: (kind, id, change) => target.update(kind, id, change),
  remove: (kind, id) => target.remove(kind, id),
  changeMembers: (kind, id, change) => target.changeMembers(kind, id, change),
  readMembers: (kind, id, attribute) => target.readMembers(kind, id, attribute),
  list: (kind) => target.list(kind),
  close: () => target.close(),
})

/** Whether a job's next cycle is due. */
export const isCycleDue = (
  state: JobState | undefined,
  last: SharedCycle | undefined,
  interval: number,
  now: number,
): boolean => {
  if (state === undefined) return true
  if (state.status === 'paused' || state.status === 'disabled') return false
  if (state.quarantine !== null && state.quarantine.nextAttempt > now) return false
  return last === undefined || last.beganAt + interval <= now
}

/**
 * Takes part in the cycles of a job until the signal is aborted, or its single cycle has ended. Any number of
 * workers may start and stop; none is the leader. When the signal is aborted, open work is finished.
 */
export const runWorker = async (shared: SharedJob, options: WorkerOptions): Promise<void> => {
  const {
    interval,
    told,
    idle = 500,
    lostAfter = 10_000,
    lease = 15_000,
    slice = 10_000,
    objects = 200,
  } = options
  const { signal } = shared.world
  const world = { ...shared.world, target: uninterrupted(shared.world.target) }
  const chunks: ChunkWorld = {
    ...shared,
    world,
    settings: { lease, slice, objects },
    matching: options.matching ?? new KeyedQueue(),
    ...(options.admit === undefined ? {} : { admit: options.admit }),
  }
  const ended = new AbortController()
  const isEnded = (): boolean => ended.signal.aborted || signal?.aborted === true
  let emptyUntil = 0
  let idleSince = world.now()
  let epoch: number | undefined
  /** The cycle before the one that it takes part in. */
  let before: number | undefined

  /** Checks the cycle while there is nothing to do. */
  const lookAround = async (): Promise<void> => {
    const { state, cycle } = await world.store.transaction(async (tx) => ({
      state: await tx.get('job', 'job'),
      cycle: await tx.get('cycles', 'cycle'),
    }))
    if (cycle !== undefined && isUnderWay(state, cycle)) {
      epoch ??= cycle.epoch
      if (world.now() - idleSince < lostAfter) return
      idleSince = world.now()
      return requeue(shared)
    }
    if (interval === 'once') {
      // Another worker may have carried out a whole cycle before this one checked.
      if (epoch !== undefined || cycle?.epoch !== before) ended.abort()
      else await beginShared(shared, () => true)
      return
    }
    if (isCycleDue(state, cycle, interval, world.now()))
      await beginShared(shared, (old, last) => isCycleDue(old, last, interval, world.now()))
  }

  const step = async (leads: boolean): Promise<void> => {
    const delivery = world.now() < emptyUntil ? undefined : await shared.scheduler.take()
    if (delivery === undefined) {
      if (world.now() >= emptyUntil) emptyUntil = world.now() + idle
      if (leads) await lookAround()
      if (!isEnded()) await world.sleep(idle)
      return
    }
    idleSince = world.now()
    epoch ??= delivery.task.epoch
    const { again, report } = await runChunk(chunks, delivery.task)
    if (again !== undefined)
      await world.store.transaction((tx) => shared.scheduler.enqueue(tx, [delivery.task], again))
    await delivery.done()
    if (report !== undefined) told?.(report)
  }

  const runner = async (_: unknown, place: number): Promise<void> => {
    while (!isEnded()) {
      try {
        await step(place === 0)
      } catch (error) {
        if (!(error instanceof StateError)) throw error
        told?.(error)
        await world.sleep(1000)
      }
    }
  }
  before = await world.store.transaction(async (tx) => (await tx.get('cycles', 'cycle'))?.epoch)
  await requeue(shared)
  const concurrency = options.concurrency ?? world.target.abilities.concurrency
  const runners = Array.from({ length: concurrency }, runner).map((one) =>
    one.catch((error: unknown) => {
      // The failure of one ends all; they finish their open work first.
      ended.abort()
      throw error
    }),
  )
  const results = await Promise.allSettled(runners)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
