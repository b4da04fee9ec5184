import { type Plan, planCycle } from '../../provision/plan.js'
import { MemoryStore, SqliteStore, StateError, type StateStore } from '../../state/index.js'
import type { CliIo } from '../io.js'
import { type OpenJob, withWorld } from './job-file.js'

/** A temporary state; in memory if the SQLite driver is not installed, because a state in PostgreSQL does not need one. */
const openScratch = async (): Promise<StateStore> => {
  try {
    return await SqliteStore.temporary()
  } catch (error) {
    if (error instanceof StateError) return new MemoryStore()
    throw error
  }
}

/**
 * Plans the next cycle of a job. Its changes of the state go to a temporary one on the disk, so that memory does
 * not grow with the number of objects.
 */
export const planNextCycle = async (
  job: OpenJob,
  store: StateStore,
  io: CliIo,
  signal: AbortSignal | undefined,
): Promise<Plan> => {
  const scratch = await openScratch()
  try {
    return await withWorld(job, store, io, (world) => planCycle(job.definition, world, scratch), signal)
  } finally {
    await scratch.close()
  }
}
