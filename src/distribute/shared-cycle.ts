import { CycleBroken, type CycleContext, contextOf, noCounters } from '../provision/context.js'
import { beginCycle, endCycle } from '../provision/cycle.js'
import { heldBack } from '../provision/deprovision.js'
import type { CycleReport, CycleWorld, JobDefinition } from '../provision/job.js'
import { PARTITIONS } from '../state/partition.js'
import type { Chain, CycleCounters, JobState, Phase, SharedCycle } from '../state/rows.js'
import type { StateTransaction } from '../state/store.js'
import type { Scheduler, Task } from './scheduler.js'

/** A job whose cycles several processes share. */
export interface SharedJob {
  readonly job: JobDefinition
  readonly world: CycleWorld
  readonly scheduler: Scheduler
}

/** The phase after each phase; the phases between `read` and `end` have a chain for every partition. */
const nextPhase: Readonly<Record<Exclude<Phase, 'end'>, Phase>> = {
  read: 'objects',
  objects: 'references',
  references: 'deprovision',
  deprovision: 'end',
}

const chainsOf = (phase: Phase): number => (phase === 'read' || phase === 'end' ? 1 : PARTITIONS)

const counterNames = Object.keys(noCounters) as (keyof CycleCounters)[]

/** The sum of the counters of several parts of a cycle. */
export const sumOf = (parts: readonly CycleCounters[]): CycleCounters => {
  const sum = { ...noCounters }
  for (const part of parts)
    for (const name of counterNames) if (Object.hasOwn(part, name)) sum[name] += part[name]
  return sum
}

/** All chains of a cycle. */
export const allChains = async (tx: StateTransaction): Promise<readonly Chain[]> =>
  (await tx.scan('chains', { limit: PARTITIONS })).rows

/** Whether a cycle is active and the job has not been taken over since. */
export const isUnderWay = (job: JobState | undefined, cycle: SharedCycle | undefined): boolean =>
  cycle?.phase !== undefined && job?.epoch === cycle.epoch

/** Starts a phase: each of its chains begins with its first chunk. */
const beginPhase = async (
  tx: StateTransaction,
  scheduler: Scheduler,
  cycle: SharedCycle,
  phase: Phase,
): Promise<void> => {
  const count = chainsOf(phase)
  await tx.put('cycles', { ...cycle, phase, remaining: count })
  const tasks: Task[] = []
  for (let chain = 0; chain < count; chain++) {
    const old = await tx.get('chains', chain)
    const { epoch } = cycle
    await tx.put('chains', {
      chain,
      epoch,
      phase,
      sequence: 0,
      claim: (old?.claim ?? 0) + 1,
      leaseUntil: null,
      stage: '',
      after: null,
      done: false,
      counters: old?.epoch === epoch ? old.counters : noCounters,
      removals: 0,
    })
    tasks.push({ epoch, phase, chain, sequence: 0 })
  }
  await scheduler.enqueue(tx, tasks)
}

/** Thrown in a transaction to roll it back. */
class NotDue extends Error {}

/** Starts a cycle, unless one is active or `due` returns false. Returns whether it did. */
export const beginShared = async (
  { job, world, scheduler }: SharedJob,
  due: (state: JobState | undefined, last: SharedCycle | undefined) => boolean,
): Promise<boolean> => {
  try {
    await beginCycle(job, world, async (tx, taken, old) => {
      const last = await tx.get('cycles', 'cycle')
      if (isUnderWay(old, last) || !due(old, last)) throw new NotDue()
      await tx.clear('work')
      await tx.clear('chains')
      const cycle: SharedCycle = {
        key: 'cycle',
        epoch: taken.epoch,
        phase: 'read',
        remaining: 1,
        watermarks: taken.watermarks,
        unseen: {},
        held: false,
        broken: null,
        beganAt: world.now(),
      }
      await beginPhase(tx, scheduler, cycle, 'read')
    })
    return true
  } catch (error) {
    if (error instanceof NotDue) return false
    throw error
  }
}

/** Records that a chain has ended. After the last chain of a phase the next phase starts. */
export const endChain = async (
  tx: StateTransaction,
  scheduler: Scheduler,
  context: CycleContext,
): Promise<void> => {
  const cycle = await tx.get('cycles', 'cycle')
  if (cycle === undefined) throw new TypeError('there is no shared cycle')
  if (cycle.remaining > 1) return tx.put('cycles', { ...cycle, remaining: cycle.remaining - 1 })
  const phase = nextPhase[cycle.phase as Exclude<Phase, 'end'>]
  if (phase !== 'deprovision') return beginPhase(tx, scheduler, cycle, phase)
  // All removals are known, and none has been carried out.
  const removals = (await allChains(tx)).reduce((sum, chain) => sum + chain.removals, 0)
  const held = heldBack(context, removals)
  return beginPhase(
    tx,
    scheduler,
    held === undefined
      ? cycle
      : {
          ...cycle,
          held: true,
          broken: {
            code: held.code,
            message: held.message,
            ...(held.quarantine === undefined ? {} : { quarantine: held.quarantine }),
          },
        },
    phase,
  )
}

/** Ends a cycle early: no more chunks are started. */
export const breakCycle = async (
  tx: StateTransaction,
  scheduler: Scheduler,
  epoch: number,
  { code, message, quarantine }: CycleBroken,
): Promise<void> => {
  const cycle = await tx.get('cycles', 'cycle')
  if (cycle === undefined || cycle.epoch !== epoch || cycle.phase === undefined || cycle.phase === 'end')
    return
  const broken = { code, message, ...(quarantine === undefined ? {} : { quarantine }) }
  await beginPhase(tx, scheduler, { ...cycle, broken }, 'end')
}

/** Records the end of a cycle. */
export const endShared = async ({ job, world }: SharedJob, cycle: SharedCycle): Promise<CycleReport> => {
  const { state, counters } = await world.store.transaction(async (tx) => ({
    state: await tx.get('job', 'job'),
    counters: sumOf((await allChains(tx)).map((chain) => chain.counters)),
  }))
  if (state === undefined) throw new TypeError('the job has no state')
  // The cycle also ends if this process is being stopped.
  const { signal: _signal, ...rest } = world
  const context = contextOf(job, rest, state)
  Object.assign(context.counters, counters)
  const { broken } = cycle
  const report = await endCycle(
    context,
    broken === null || broken.code === 'TooManyDeletes' ? cycle.watermarks : state.watermarks,
    broken === null ? undefined : new CycleBroken(broken.code, broken.message, broken.quarantine),
  )
  await world.store.transaction(async (tx) => {
    const now = await tx.get('cycles', 'cycle')
    if (now?.epoch === cycle.epoch) await tx.put('cycles', { ...now, phase: undefined })
  })
  return report
}

/** Queues the chunks of a cycle that nobody works on. The state knows them, also if a queue has lost them. */
export const requeue = ({ world, scheduler }: SharedJob): Promise<void> =>
  world.store.transaction(async (tx) => {
    const cycle = await tx.get('cycles', 'cycle')
    if (cycle === undefined || !isUnderWay(await tx.get('job', 'job'), cycle)) return
    const { epoch, phase } = cycle
    if (phase === undefined) return
    const idle = (await allChains(tx)).filter(
      (one) =>
        one.epoch === epoch &&
        one.phase === phase &&
        !one.done &&
        (one.leaseUntil === null || one.leaseUntil <= world.now()),
    )
    if (idle.length > 0)
      await scheduler.enqueue(
        tx,
        idle.map(({ chain, sequence }) => ({ epoch, phase, chain, sequence })),
      )
  })
