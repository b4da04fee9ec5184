import { PgBossScheduler, runWorker, sharedBudget, sharedExclusion } from '../../distribute/index.js'
import type { CycleReport } from '../../provision/job.js'
import { PostgresStore, StateError, type StateStore } from '../../state/index.js'
import { type CliIo, UsageError } from '../io.js'
import { closeWorld, isPostgres, type OpenJob, stateOf, worldOf } from './job-file.js'

/** The options of a worker. */
export interface WorkerArguments {
  readonly concurrency: number | undefined
  /** Minutes between cycles; undefined: one cycle. */
  readonly minutes: number | undefined
  /** Called for each cycle that ends here. */
  readonly ended: (report: CycleReport, store: StateStore) => Promise<void>
  /** Called once the worker takes part. */
  readonly ready: () => Promise<void>
}

/** For tests: how soon a dead worker is noticed. */
const leaseOf = (io: CliIo): number => Number(io.env.ATTRFLOW_LEASE ?? 15_000)

/**
 * Takes part in the cycles of a job whose state is in PostgreSQL, until the signal is aborted or the single
 * cycle has ended. Returns the exit code.
 */
export const runJobWorker = async (
  job: OpenJob,
  io: CliIo,
  { concurrency, minutes, ended, ready }: WorkerArguments,
): Promise<number> => {
  const state = stateOf(job, io)
  if (state === undefined || !isPostgres(state))
    throw new UsageError(
      'workers share a state in PostgreSQL: give --store postgres://user@host/database?schema=NAME, or name it in the job file as state',
    )
  const signal = io.interruption?.()
  const lease = leaseOf(io)
  const closing: (() => Promise<void>)[] = []
  try {
    const store = await PostgresStore.open(state, { connections: 2 + (concurrency ?? 8) })
    closing.push(() => store.close())
    const world = worldOf(job, store, io, signal)
    closing.push(() => closeWorld(world))
    // All hosts use the clock of the database.
    const offset = await clockOffset(store)
    const now = (): number => Date.now() + offset
    const told = (error: Error): void => void io.stderr.write(`attrflow: ${error.message}\n`)
    const scheduler = await PgBossScheduler.open(store, {
      expireInSeconds: Math.max(1, Math.ceil((2 * lease) / 1000)),
      maintenanceIntervalSeconds: Math.max(1, Math.floor(lease / 1500)),
      told,
    })
    closing.push(() => scheduler.close())
    const matching = await sharedExclusion(store, world.sleep)
    closing.push(() => matching.close())
    const { rate } = job.file
    const admit = rate === undefined ? undefined : await sharedBudget(store, rate, now, world.sleep)
    let failed = false
    await ready()
    await runWorker(
      { job: job.definition, world: { ...world, now }, scheduler },
      {
        interval: minutes === undefined ? 'once' : minutes * 60_000,
        lease,
        slice: Math.min(10_000, lease),
        matching,
        ...(admit === undefined ? {} : { admit }),
        ...(concurrency === undefined ? {} : { concurrency }),
        told: (event) => {
          if (event instanceof Error) return told(event)
          failed ||= event.quarantine !== null || event.failure !== null || event.counters.failure > 0
          void ended(event, store)
        },
      },
    )
    if (signal?.aborted === true) return minutes === undefined ? 130 : 0
    return failed ? 1 : 0
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message)
    throw error
  } finally {
    for (const close of closing.reverse()) await close().catch(() => undefined)
  }
}

const clockOffset = async (store: PostgresStore): Promise<number> => {
  const asked = Date.now()
  const [found] = (await store.query('SELECT 1000 * extract(epoch FROM clock_timestamp()) AS now')) as {
    now: string
  }[]
  return Math.round(Number(found?.now) - (asked + Date.now()) / 2)
}
