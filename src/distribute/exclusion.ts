import type { Exclusion } from '../provision/keyed-queue.js'
import { KeyedQueue } from '../provision/keyed-queue.js'
import type { PostgresStore } from '../state/index.js'

/** Milliseconds between attempts to lock a key that another process has locked. */
const PATIENCE = 50

/**
 * Runs work with the same key one after the other in all processes, by locks that the database releases when
 * a process ends.
 */
export const sharedExclusion = async (
  store: PostgresStore,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<Exclusion & { close(): Promise<void> }> => {
  const session = await store.session()
  // Within this process the database would grant a lock twice, because one session holds all of them.
  const local = new KeyedQueue()
  const name = (key: string): string => `${store.schema} ${key}`
  return {
    run: (key, work) =>
      local.run(key, async () => {
        const locked = async (): Promise<boolean> => {
          const [found] = await session.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got', [
            name(key),
          ])
          return (found as { got: boolean }).got
        }
        while (!(await locked())) await sleep(PATIENCE)
        try {
          return await work()
        } finally {
          await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name(key)])
        }
      }),
    close: () => session.close(),
  }
}
