import { CycleBroken, type CycleContext, contextOf, mappingOf } from '../provision/context.js'
import { probe } from '../provision/cycle.js'
import { judgeFailures } from '../provision/failures.js'
import type { CycleReport } from '../provision/job.js'
import type { Exclusion } from '../provision/keyed-queue.js'
import { recoverRequest, stillUnderWay } from '../provision/recover.js'
import type { Chain, Intent, JobState, Phase, SharedCycle } from '../state/rows.js'
import type { StateTransaction } from '../state/store.js'
import type { Admit } from './budget.js'
import { ChunkLost, claimed, fencedStore } from './fence.js'
import { workOn } from './phases.js'
import type { Progress } from './progress.js'
import { readSources } from './reading.js'
import type { Task } from './scheduler.js'
import {
  allChains,
  breakCycle,
  endChain,
  endShared,
  isUnderWay,
  type SharedJob,
  sumOf,
} from './shared-cycle.js'

/** How a worker processes its chunks. */
export interface ChunkSettings {
  /**
   * How long a claim is valid without renewal, in milliseconds: after that the worker counts as dead. Default
   * 15,000.
   */
  readonly lease: number
  /** A chunk ends after this many milliseconds. Default 10,000. */
  readonly slice: number
  /** A chunk ends after this many objects. Default 200. */
  readonly objects: number
}

/** What a worker needs besides the job. */
export interface ChunkWorld extends SharedJob {
  readonly settings: ChunkSettings
  readonly admit?: Admit
  readonly matching: Exclusion
}

/** The result of a task. */
export interface ChunkResult {
  /** If it cannot be done yet: after how many milliseconds to try it again. */
  readonly again?: number
  /** The report of the cycle, if it ended with this chunk. */
  readonly report?: CycleReport
}

interface Claim {
  readonly chain: Chain
  readonly cycle: SharedCycle
  readonly state: JobState
  /** Requests that an earlier claim left without an outcome. */
  readonly open: readonly Intent[]
}

/**
 * Claims a chunk. A number: the chunk cannot be claimed for so many milliseconds. Undefined: the task is out
 * of date.
 */
const claimOf = ({ job, world, settings }: ChunkWorld, task: Task): Promise<Claim | number | undefined> =>
  world.store.transaction(async (tx) => {
    const cycle = await tx.get('cycles', 'cycle')
    const state = await tx.get('job', 'job')
    const chain = await tx.get('chains', task.chain)
    if (cycle === undefined || state === undefined || chain === undefined || chain.done) return undefined
    if (!isUnderWay(state, cycle) || task.epoch !== cycle.epoch || chain.epoch !== task.epoch)
      return undefined
    if (cycle.phase !== task.phase || chain.phase !== task.phase || chain.sequence !== task.sequence)
      return undefined
    const now = world.now()
    if (chain.leaseUntil !== null && chain.leaseUntil > now) return chain.leaseUntil - now
    const perPartition = task.phase !== 'read' && task.phase !== 'end'
    const first = task.phase === 'objects' && task.sequence === 0
    const open =
      perPartition && (first || chain.leaseUntil !== null)
        ? (await tx.scan('intents', { index: 'byPartition', prefix: [task.chain], limit: 10_000 })).rows
        : []
    const context = contextOf(job, world, state)
    const wait = Math.max(0, ...open.map((intent) => stillUnderWay(context, intent)))
    if (wait > 0) return wait
    const taken: Chain = { ...chain, claim: chain.claim + 1, leaseUntil: now + settings.lease }
    await tx.put('chains', taken)
    return { chain: taken, cycle, state, open }
  })

/** Renews a claim until it is stopped; aborts if the claim is lost. */
const keepAlive = (
  { world, settings }: ChunkWorld,
  chain: Chain,
  lost: AbortController,
): { stop(): Promise<void> } => {
  let renewing: Promise<void> = Promise.resolve()
  let until = chain.leaseUntil ?? 0
  const timer = setInterval(() => {
    renewing = renewing.then(async () => {
      const leaseUntil = world.now() + settings.lease
      try {
        await world.store.transaction(async (tx) =>
          tx.put('chains', { ...(await claimed(tx, chain)), leaseUntil }),
        )
        until = leaseUntil
      } catch (error) {
        // If the database cannot be reached, the claim is lost only when its time is over.
        if (error instanceof ChunkLost || world.now() >= until) lost.abort()
      }
    })
  }, settings.lease / 3)
  return {
    async stop() {
      clearInterval(timer)
      await renewing
    },
  }
}

/** Processes one chunk, or finds that it is out of date. */
export const runChunk = async (shared: ChunkWorld, task: Task): Promise<ChunkResult> => {
  const { job, world, scheduler, settings, admit, matching } = shared
  const claim = await claimOf(shared, task)
  if (claim === undefined) return {}
  if (typeof claim === 'number') return { again: claim }
  const { chain, cycle, state, open } = claim
  if (task.phase === 'end') return { report: await endShared(shared, cycle) }
  const lost = new AbortController()
  const signal = world.signal === undefined ? lost.signal : AbortSignal.any([lost.signal, world.signal])
  const context = contextOf(
    job,
    {
      ...world,
      store: fencedStore(world.store, chain),
      signal,
      matching,
      ...(admit === undefined ? {} : { admit }),
    },
    state,
  )
  const alive = keepAlive(shared, chain, lost)
  try {
    const until = world.now() + settings.slice
    const progress = await doWork(context, chain, cycle, open, {
      over: () => signal.aborted || world.now() >= until,
      objects: settings.objects,
    })
    await alive.stop()
    await world.store.transaction((tx) => checkpoint(tx, shared, context, chain, progress))
    if (context.counters.failure + context.counters.referenceFailure > 0) await judge(shared, chain.epoch)
  } catch (error) {
    if (error instanceof ChunkLost) return {}
    if (!(error instanceof CycleBroken)) throw error
    if (error.code === 'JobTakenOver') return {}
    await world.store.transaction(async (tx) => {
      const found = await tx.get('chains', chain.chain)
      if (found?.epoch !== chain.epoch) return
      await tx.put('chains', { ...found, counters: sumOf([found.counters, context.counters]) })
      await breakCycle(tx, scheduler, chain.epoch, error)
    })
  } finally {
    await alive.stop()
  }
  return {}
}

const doWork = async (
  context: CycleContext,
  chain: Chain,
  cycle: SharedCycle,
  open: readonly Intent[],
  limits: { readonly over: () => boolean; readonly objects: number },
): Promise<Progress> => {
  if (chain.phase === 'read') {
    await probe(context)
    return readSources(context)
  }
  for (const intent of open) {
    if (mappingOf(context, intent.mapping) !== undefined) await context.admit?.()
    await recoverRequest(context, intent)
  }
  return workOn(context, chain, cycle, limits)
}

/** Records the progress of a chunk and queues the next task, in one transaction. */
const checkpoint = async (
  tx: StateTransaction,
  { scheduler }: ChunkWorld,
  context: CycleContext,
  claim: Chain,
  { done, stage, after, settled = [], removals = 0, read }: Progress,
): Promise<void> => {
  const chain = await claimed(tx, claim)
  for (const { mapping, sourceId } of settled) await tx.remove('work', claim.chain, mapping, sourceId)
  const sequence = chain.sequence + 1
  await tx.put('chains', {
    ...chain,
    sequence,
    leaseUntil: null,
    stage,
    after,
    done,
    counters: sumOf([chain.counters, context.counters]),
    removals: chain.removals + removals,
  })
  const { epoch, phase } = chain
  const cycle = await tx.get('cycles', 'cycle')
  if (cycle === undefined || cycle.epoch !== epoch || cycle.phase !== phase)
    throw new ChunkLost('the cycle has ended')
  if (!done) return scheduler.enqueue(tx, [{ epoch, phase: phase as Phase, chain: chain.chain, sequence }])
  if (read !== undefined) await tx.put('cycles', { ...cycle, ...read })
  return endChain(tx, scheduler, context)
}

/** Ends the cycle if too many of its objects have failed. */
const judge = ({ world, scheduler }: ChunkWorld, epoch: number): Promise<void> =>
  world.store.transaction(async (tx) => {
    try {
      judgeFailures(sumOf((await allChains(tx)).map(({ counters }) => counters)))
    } catch (error) {
      if (!(error instanceof CycleBroken)) throw error
      await breakCycle(tx, scheduler, epoch, error)
    }
  })
