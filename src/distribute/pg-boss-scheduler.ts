import { type PostgresStore, PostgresTransaction, StateError } from '../state/index.js'
import type { StateTransaction } from '../state/store.js'
import type { Delivery, Scheduler, Task } from './scheduler.js'

type Boss = import('pg-boss')

const loadDriver = async (): Promise<typeof import('pg-boss')> => {
  try {
    return (await import('pg-boss')).default
  } catch {
    throw new StateError('workers that share a job need the package pg-boss: npm install pg-boss@10')
  }
}

const QUEUE = 'chunks'

const unusable = (error: unknown): never => {
  throw new StateError(`the queue cannot be used: ${(error as Error).message}`)
}

/** The options of the queue. */
export interface PgBossOptions {
  /** Seconds after which a task that was taken but not removed is delivered again. Default 60. */
  readonly expireInSeconds?: number
  /** Seconds between checks for such tasks. Default 10. */
  readonly maintenanceIntervalSeconds?: number
  /** Called for faults of the queue, which continues by itself. */
  readonly told?: (error: Error) => void
}

/** A queue in the database of the state, by pg-boss. Tasks are queued in the transactions of the state. */
export class PgBossScheduler implements Scheduler {
  readonly #boss: Boss

  private constructor(boss: Boss) {
    this.#boss = boss
  }

  static async open(
    store: PostgresStore,
    { expireInSeconds = 60, maintenanceIntervalSeconds = 10, told }: PgBossOptions = {},
  ): Promise<PgBossScheduler> {
    const PgBoss = await loadDriver()
    const boss = new PgBoss({
      connectionString: store.url,
      application_name: 'attrflow queue',
      max: 3,
      schema: `${store.schema}_queue`,
      schedule: false,
      maintenanceIntervalSeconds,
      expireInSeconds,
      // A task is delivered until somebody has done it.
      retryLimit: 1_000_000,
      retryDelay: 0,
      retentionDays: 365,
      archiveCompletedAfterSeconds: 60,
      deleteAfterMinutes: 1,
    })
    boss.on('error', (error) => told?.(error))
    // Workers that create the queue at the same time would conflict.
    const session = await store.session()
    try {
      await session.query('SELECT pg_advisory_lock(hashtext($1))', [`${store.schema} queue`])
      await boss.start()
      await boss.createQueue(QUEUE)
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => undefined)
      throw new StateError(
        `cannot open the queue in the schema ${store.schema}_queue: ${(error as Error).message}`,
      )
    } finally {
      await session.close()
    }
    return new PgBossScheduler(boss)
  }

  async enqueue(tx: StateTransaction, tasks: readonly Task[], delay = 0): Promise<void> {
    if (!(tx instanceof PostgresTransaction)) throw new TypeError('pg-boss needs a state in PostgreSQL')
    const startAfter = delay === 0 ? {} : { startAfter: new Date(Date.now() + delay) }
    await this.#boss.insert(
      tasks.map((data) => ({ name: QUEUE, data, ...startAfter })),
      { db: { executeSql: async (text, values) => ({ rows: [...(await tx.query(text, values))] }) } },
    )
  }

  async take(): Promise<Delivery | undefined> {
    const [found] = await this.#boss.fetch<Task>(QUEUE).catch(unusable)
    if (found === undefined) return undefined
    return { task: found.data, done: () => this.#boss.complete(QUEUE, found.id).catch(unusable) }
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false })
  }
}
