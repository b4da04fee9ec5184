import { type StateStore, scanAll } from '../state/store.js'

/** What a cycle did, counted from its log records. */
export interface CycleSummary {
  readonly cycle: number
  /** The time of its last record, in epoch milliseconds. */
  readonly at: number
  readonly failures: number
  /** Disables and deletes, including those held back by the threshold. */
  readonly removals: number
  /** Records of groups whose members could not be resolved. */
  readonly unresolvedMembers: number
}

/**
 * A problem that an operator should look at. The kinds are those that Microsoft documents for provisioning
 * logs.
 */
export interface Alert {
  readonly kind: 'failureSpike' | 'removalSpike' | 'noEvents' | 'unresolvedMembers'
  /** The problem and its figures, as text. */
  readonly message: string
}

/** The limits beyond which something is an alert. */
export interface AlertRules {
  /** A spike is this many times the mean of earlier cycles. Default 3. */
  readonly factor?: number
  /** Smaller numbers are not a spike. Default 10. */
  readonly least?: number
  /** Milliseconds without a complete cycle. Default two hours: three cycles of the service. */
  readonly silence?: number
}

/** The number of earlier cycles that a spike is compared with. */
const EARLIER = 10

/** Counts the records of the last cycles. */
export const summarizeCycles = async (store: StateStore, last: number): Promise<readonly CycleSummary[]> => {
  const found = new Map<number, CycleSummary>()
  for (let cycle = Math.max(1, last - EARLIER); cycle <= last; cycle++)
    for await (const rows of scanAll(store, 'log', { prefix: [cycle] }))
      for (const { at, status, action, errorCode } of rows) {
        const old = found.get(cycle) ?? { cycle, at, failures: 0, removals: 0, unresolvedMembers: 0 }
        found.set(cycle, {
          cycle,
          at: Math.max(old.at, at),
          failures: old.failures + (status === 'failure' ? 1 : 0),
          removals:
            old.removals + (action === 'disable' || action === 'delete' || action === 'stagedDelete' ? 1 : 0),
          unresolvedMembers:
            old.unresolvedMembers + (errorCode === 'UnableToResolveReferenceAttributeValue' ? 1 : 0),
        })
      }
  return [...found.values()]
}

/**
 * Returns the alerts after the last of some cycles.
 * @param lastSuccess when the last complete cycle ended, in epoch milliseconds; null if none did
 */
export const alertsOf = (
  cycles: readonly CycleSummary[],
  lastSuccess: number | null,
  now: number,
  { factor = 3, least = 10, silence = 2 * 3_600_000 }: AlertRules = {},
): readonly Alert[] => {
  const alerts: Alert[] = []
  if (lastSuccess === null || now - lastSuccess > silence) {
    const since =
      lastSuccess === null
        ? 'no cycle has been completed'
        : `no cycle has been completed since ${new Date(lastSuccess).toISOString()}`
    alerts.push({ kind: 'noEvents', message: since })
  }
  const last = cycles.at(-1)
  if (last === undefined) return alerts
  const spike = (kind: Alert['kind'], what: string, count: (one: CycleSummary) => number): void => {
    const earlier = cycles.slice(0, -1)
    const mean = earlier.length === 0 ? 0 : earlier.reduce((sum, one) => sum + count(one), 0) / earlier.length
    // There is nothing to compare the first cycle with.
    if (earlier.length === 0 || count(last) < least || count(last) <= factor * mean) return
    alerts.push({
      kind,
      message: `${count(last)} ${what} in cycle ${last.cycle}; earlier cycles had ${mean.toFixed(1)} on average`,
    })
  }
  spike('failureSpike', 'objects failed', ({ failures }) => failures)
  spike('removalSpike', 'objects were disabled or deleted, or would have been,', ({ removals }) => removals)
  if (last.unresolvedMembers > 0)
    alerts.push({
      kind: 'unresolvedMembers',
      message: `${last.unresolvedMembers} objects of cycle ${last.cycle} refer to members or managers that are not provisioned`,
    })
  return alerts
}
