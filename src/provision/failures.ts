import type { CycleCounters, Escrow, Quarantine, Staged } from '../state/rows.js'
import { type StateTransaction, scanAll } from '../state/store.js'
import { CycleBroken, type CycleContext, countObject } from './context.js'
import type { JobMapping } from './job.js'
import { type Recorded, record } from './log-record.js'

const minutes = (count: number): number => count * 60_000
const hours = (count: number): number => count * 3_600_000

/** An object that failed is tried again in the next cycle, and in the first one after this time. */
const EARLY_RETRIES = [0, minutes(40)]

/** Later, and for a job in quarantine: these times after the first failure, then every 24 hours. */
const RETRIES = [hours(6), hours(12)]
const DAY = hours(24)

/** After this time in quarantine a job is disabled. */
const LONGEST_QUARANTINE = 28 * DAY

/** From this number on, failures are compared with the number of other objects. */
const FAILURES_JUDGED = 5000
const FAILED_SHARE = 0.4
const MOST_FAILURES = 40_000
const MOST_FAILURES_WITH_REFERENCES = 60_000

/** The first time of the series 6, 12, 24, 48, … hours after a failure that is still to come. */
const nextRetry = (first: number, now: number): number =>
  RETRIES.map((wait) => first + wait).find((at) => at > now) ??
  first + DAY * (Math.floor((now - first) / DAY) + 1)

/**
 * The row of an object that failed again, with the earliest time of the next try.
 * @param after the wait that the target asked for, in milliseconds
 */
const escrowAfter = (
  old: Escrow | undefined,
  failed: Omit<Escrow, 'firstFailure' | 'lastFailure' | 'attempts' | 'nextAttempt'>,
  now: number,
  after: number,
): Escrow => {
  const attempts = (old?.attempts ?? 0) + 1
  const firstFailure = old?.firstFailure ?? now
  const early = EARLY_RETRIES[attempts - 1]
  return {
    ...failed,
    firstFailure,
    lastFailure: now,
    attempts,
    nextAttempt: Math.max(
      early === undefined ? nextRetry(firstFailure, now) : firstFailure + early,
      now + after,
    ),
  }
}

/** Why an object failed. */
export interface ObjectFailure {
  readonly code: string
  readonly reason: string
  readonly targetId?: string | undefined
  /** What failed. Default `other`. */
  readonly action?: Recorded['action']
  readonly phase?: Escrow['phase']
  /** The wait that the target asked for, in milliseconds. Default 0. */
  readonly after?: number | undefined
}

/**
 * Records that an object failed, and stores it for a try in a later cycle. Other objects are not affected.
 * @throws {CycleBroken} if so many objects have failed that the job is quarantined
 */
export const failObject = async (
  context: CycleContext,
  mapping: JobMapping,
  row: Staged,
  { code, reason, targetId, action = 'other', phase = 'objects', after = 0 }: ObjectFailure,
): Promise<void> => {
  const { store, now } = context
  const { sourceId, record: source } = row
  await store.transaction(async (tx) => {
    const old = await tx.get('escrows', mapping.key, sourceId)
    if (phase === 'objects') await tx.put('staged', row)
    await tx.put(
      'escrows',
      escrowAfter(
        old,
        {
          mapping: mapping.key,
          sourceId,
          ...(source === undefined ? {} : { record: source }),
          phase,
          code,
          reason,
        },
        now(),
        after,
      ),
    )
    await record(tx, context, mapping, {
      sourceId,
      targetId,
      action,
      status: 'failure',
      errorCode: code,
      reason,
    })
  })
  countFailure(context)
}

/**
 * Counts an object that failed.
 * @throws {CycleBroken} if so many objects have failed that the job is quarantined
 */
export const countFailure = (context: CycleContext): void => {
  countObject(context, 'failure')
  judgeFailures(context.counters)
}

/** Quarantines a job with too many failures, by Microsoft's published figures. */
export const judgeFailures = ({
  objects,
  unchanged,
  waiting,
  failure,
  referenceFailure,
}: CycleCounters): void => {
  const all = failure + referenceFailure
  if (all < FAILURES_JUDGED) return
  const events = objects - unchanged - waiting + referenceFailure
  const because = (reason: string, what: string): CycleBroken =>
    new CycleBroken('TooManyFailures', `${what}; attrflow job log --status failure shows them`, reason)
  if (failure > MOST_FAILURES)
    throw because('EncounteredBaseEscrowThreshold', `${failure} objects failed, more than ${MOST_FAILURES}`)
  if (all > MOST_FAILURES_WITH_REFERENCES)
    throw because(
      'EncounteredTotalEscrowThreshold',
      `${all} objects and references failed, more than ${MOST_FAILURES_WITH_REFERENCES}`,
    )
  if (failure > FAILED_SHARE * events)
    throw because(
      'EncounteredEscrowProportionThreshold',
      `${failure} objects failed, more than ${FAILED_SHARE * 100} % of ${events} objects and references`,
    )
}

/** Whether an object that failed is due: in a later cycle, after its wait. */
export const isDue = ({ cycle, now }: CycleContext, { lastFailure, nextAttempt }: Escrow): boolean =>
  lastFailure < cycle.startedAt && nextAttempt <= now()

/** The rows of objects that are due for another try, page by page. */
export const dueEscrows = async function* (context: CycleContext): AsyncGenerator<readonly Escrow[]> {
  const range = { index: 'byAttempt', upTo: context.now() } as const
  for await (const rows of scanAll(context.store, 'escrows', range))
    yield rows.filter((row) => row.phase === 'objects' && isDue(context, row))
}

/** Forgets the failure of an object. */
export const forgetFailure = (tx: StateTransaction, mapping: JobMapping, sourceId: string): Promise<void> =>
  tx.remove('escrows', mapping.key, sourceId)

/**
 * The quarantine of a job after a cycle that requires it: a new one, or the old one with one more attempt.
 */
export const quarantineAfter = (
  old: Quarantine | null,
  { reason, code, message }: Pick<Quarantine, 'reason' | 'code' | 'message'>,
  now: number,
): Quarantine => {
  const since = old?.since ?? now
  return {
    reason,
    code,
    message,
    since,
    attempts: (old?.attempts ?? 0) + 1,
    nextAttempt: nextRetry(since, now),
  }
}

/** Whether a quarantine has lasted so long that the job is disabled. */
export const isOver = ({ since }: Quarantine, now: number): boolean => now - since > LONGEST_QUARANTINE
