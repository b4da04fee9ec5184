import { expect } from 'vitest'
import type { CycleReport } from '../../src/provision/job.js'
import { type StateStore, scanAll } from '../../src/state/index.js'

/**
 * The counters of a complete cycle agree with each other and with the log: each object has one outcome, and a record
 * unless nothing was done for it.
 */
export const expectAgreement = async (store: StateStore, report: CycleReport): Promise<void> => {
  const { objects, references, referenceFailure, recovered, ...outcomes } = report.counters
  const { unchanged, waiting, failure } = outcomes
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(objects)
  const records: { status: string }[] = []
  for await (const rows of scanAll(store, 'log', { prefix: [report.cycle] }))
    records.push(...rows.filter(({ sourceId }) => sourceId !== ''))
  const settled = objects - unchanged - waiting
  // Objects of an earlier cycle have records, too, if their references were written or a request was found carried out.
  expect(records.length).toBeGreaterThanOrEqual(settled)
  expect(records.length).toBeLessThanOrEqual(settled + references + referenceFailure + recovered)
  const failed = records.filter(({ status }) => status === 'failure').length
  expect(failed).toBe(failure)
}
