import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Plan, planCycle } from '../../provision/plan.js'
import { MemoryStore, SqliteStore, StateError, type StateStore } from '../../state/index.js'
import type { CliIo } from '../io.js'
import { type OpenJob, withWorld } from './job-file.js'

/**
 * Opens a temporary state. It is in memory if the SQLite driver is not installed, because a state in
 * PostgreSQL does not need one.
 */
const scratchIn = async (folder: string): Promise<StateStore> => {
  try {
    return await SqliteStore.open(join(folder, 'plan.sqlite'))
  } catch (error) {
    if (error instanceof StateError) return new MemoryStore()
    throw error
  }
}

/**
 * Plans the next cycle of a job. Its changes of the state go to a temporary file, so that memory does not
 * grow with the number of objects.
 */
export const planNextCycle = async (
  job: OpenJob,
  store: StateStore,
  io: CliIo,
  signal: AbortSignal | undefined,
): Promise<Plan> => {
  const folder = await mkdtemp(join(tmpdir(), 'attrflow-plan-'))
  try {
    const scratch = await scratchIn(folder)
    try {
      return await withWorld(job, store, io, (world) => planCycle(job.definition, world, scratch), signal)
    } finally {
      await scratch.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
