import type { JobState } from '../state/rows.js'

/**
 * When the next cycle of a job begins, in epoch milliseconds: an interval after the last one began, but not
 * before its quarantine allows. Null if the job is paused or disabled, and needs a restart.
 * @param state undefined for a job that has not run
 * @param interval in milliseconds
 */
export const nextCycleAt = (state: JobState | undefined, interval: number, now: number): number | null => {
  if (state === undefined || state.cycle === null) return now
  if (state.status === 'disabled' || state.status === 'paused') return null
  const regular = state.cycle.startedAt + interval
  return Math.max(now, regular, state.quarantine?.nextAttempt ?? 0)
}
