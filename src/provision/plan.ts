import { valueJson } from '../expression/outcome-json.js'
import { MemoryStore } from '../state/memory.js'
import { OverlayStore } from '../state/overlay.js'
import type { CycleCounters } from '../state/rows.js'
import { type StateStore, scanAll } from '../state/store.js'
import { REDACTED } from '../values/redacted.js'
import type { Value } from '../values/value.js'
import { runCycle } from './cycle.js'
import { DEFAULT_DELETE_THRESHOLD } from './deprovision.js'
import { digestOf } from './digest.js'
import type { CycleWorld, JobDefinition, LeftOut } from './job.js'
import { summaryIn } from './log-record.js'
import { type PlannedRequest, PlanningTarget } from './planning-target.js'

/** A value that a plan would write, as JSON; a redacted one is `[Redact]`. */
export interface PlannedValue {
  readonly attribute: string
  /** What was last sent or found; absent if unknown. */
  readonly before?: unknown
  readonly after: unknown
}

/** One change of the target. */
export interface PlannedChange {
  readonly action: 'create' | 'update' | 'disable' | 'delete' | 'members'
  /** `targetObjectName` of the object mapping. */
  readonly kind: string
  readonly sourceId: string
  /** Begins with `planned:` for an object that the plan creates. */
  readonly targetId: string
  readonly reason: string
  readonly values: readonly PlannedValue[]
  readonly added?: readonly string[]
  readonly removed?: readonly string[]
}

/** Everything that one cycle would do. Nothing of it is carried out. Plain data. */
export interface Plan {
  readonly version: 1
  readonly createdAt: string
  readonly kind: 'initial' | 'incremental'
  readonly counters: CycleCounters
  /** The number of disables and deletes, and the threshold at which none is carried out. */
  readonly removals: number
  readonly deleteThreshold: number
  readonly changes: readonly PlannedChange[]
  /** Objects that fail, are skipped or are written with a warning. */
  readonly problems: readonly {
    readonly sourceId: string
    readonly status: string
    readonly code: string | null
    /** Why, for people. */
    readonly reason: string
  }[]
  /** Attributes of the mappings that the target refuses or does not store. */
  readonly leftOut: readonly LeftOut[]
  /** Why the cycle would end in quarantine. */
  readonly quarantine: { readonly reason: string; readonly message: string } | null
  /** Why the plan is incomplete: the source or the target could not be read. */
  readonly failure: { readonly code: string; readonly message: string } | null
  /** Identifies the changes of the plan: plans with the same changes have the same digest. */
  readonly digest: string
}

/** The source identifier of an object of the target; undefined if none is linked to it. */
const linkedTo = (
  store: StateStore,
  job: JobDefinition,
  { kind, id }: PlannedRequest,
): Promise<string | undefined> =>
  store.transaction(async (tx) => {
    for (const { key, compiled } of job.mappings) {
      if (compiled.objectMapping.targetObjectName !== kind) continue
      const { rows } = await tx.scan('links', { index: 'byTarget', prefix: [key, id], limit: 1 })
      if (rows[0] !== undefined) return rows[0].sourceId
    }
    return undefined
  })

const plannedValues = (request: PlannedRequest, redacted: ReadonlySet<string>): readonly PlannedValue[] => {
  const shown = (attribute: string, value: Value): unknown =>
    redacted.has(attribute) && value !== null ? REDACTED : valueJson(value)
  switch (request.type) {
    case 'create':
      return [...request.values].map(([attribute, value]) => ({ attribute, after: shown(attribute, value) }))
    case 'update':
      return [...request.change.values].map(([attribute, value]) => {
        const before = request.change.before.get(attribute)
        return {
          attribute,
          ...(before === undefined ? {} : { before: shown(attribute, before) }),
          after: shown(attribute, value),
        }
      })
    default:
      return []
  }
}

/** What the log of the planned cycle says about an object that is written. */
interface LoggedWrite {
  readonly sourceId: string
  readonly action: string
  /** The reason of each of its requests, in order. */
  readonly reasons: readonly string[]
}

/**
 * Reads the log of a planned cycle: why objects of the target are written, and which objects are not
 * provisioned.
 */
const readLog = async (
  scratch: StateStore,
  written: ReadonlySet<string>,
): Promise<{ readonly writes: ReadonlyMap<string, LoggedWrite>; readonly problems: Plan['problems'] }> => {
  const writes = new Map<string, LoggedWrite>()
  const problems: Plan['problems'][number][] = []
  // Only the planned cycle writes to the scratch.
  for await (const rows of scanAll(scratch, 'log'))
    for (const row of rows) {
      const { sourceId, status, errorCode, action } = row
      const { targetIdentity, provisioningSteps, provisioningStatusInfo } = summaryIn(row)
      const reason = provisioningStatusInfo.errorInformation?.reason ?? ''
      if (status !== 'success' && sourceId !== '')
        problems.push({ sourceId, status, code: errorCode, reason })
      if (status === 'failure') continue
      if (written.has(targetIdentity.id))
        writes.set(targetIdentity.id, {
          sourceId,
          action,
          reasons: provisioningSteps.map(({ description }) => description),
        })
    }
  return { writes, problems }
}

/**
 * Plans the next cycle by running it with a state and a target that are only read. The result depends on the
 * current source and target.
 * @param scratch an empty store for the changes of the state; it grows with the number of objects that are
 * read
 */
export const planCycle = async (
  job: JobDefinition,
  world: CycleWorld,
  scratch: StateStore = new MemoryStore(),
): Promise<Plan> => {
  const store = new OverlayStore(world.store, scratch)
  const target = new PlanningTarget(world.target)
  const report = await runCycle(job, { ...world, store, target })
  const { writes, problems } = await readLog(scratch, new Set(target.requests.map(({ id }) => id)))
  const redacted = new Set(
    job.mappings.flatMap(({ compiled }) =>
      compiled.attributes.filter((one) => one.redacted).map(({ mapping }) => mapping.targetAttributeName),
    ),
  )
  const changes: PlannedChange[] = []
  const sent = new Map<string, number>()
  for (const request of target.requests) {
    const known = writes.get(request.id)
    const before = sent.get(request.id) ?? 0
    sent.set(request.id, before + 1)
    const action =
      request.type === 'update' && known?.action === 'disable' ? ('disable' as const) : request.type
    changes.push({
      action,
      kind: request.kind,
      sourceId: known?.sourceId ?? (await linkedTo(store, job, request)) ?? '',
      targetId: request.id,
      reason: known?.reasons[before] ?? known?.reasons.at(-1) ?? '',
      values: plannedValues(request, redacted),
      ...(request.type === 'members' ? { added: request.change.add, removed: request.change.remove } : {}),
    })
  }
  const pending = await store.transaction((tx) => tx.count('pending', 'deprovision'))
  const quarantine = report.quarantine
  return {
    version: 1,
    createdAt: new Date(world.now()).toISOString(),
    kind: report.kind,
    counters: report.counters,
    removals: pending + report.counters.disable + report.counters.delete,
    deleteThreshold: job.deleteThreshold ?? DEFAULT_DELETE_THRESHOLD,
    changes,
    problems,
    leftOut: report.leftOut,
    quarantine: quarantine === null ? null : { reason: quarantine.reason, message: quarantine.message },
    failure: report.failure,
    digest: digestOf([changes, quarantine?.reason ?? null, report.failure?.code ?? null]),
  }
}

/** How a plan differs from what would be done now. */
export interface PlanDifference {
  /** Changes that would be made now and are not in the plan. */
  readonly added: number
  /** Changes of the plan that would not be made now. */
  readonly removed: number
}

/** Compares the changes of two plans. */
export const comparePlans = (plan: Plan, now: Plan): PlanDifference => {
  const keys = ({ changes }: Plan): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const change of changes) {
      const key = JSON.stringify(change)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  }
  const [old, current] = [keys(plan), keys(now)]
  const missing = (from: Map<string, number>, other: Map<string, number>): number =>
    [...from].reduce((sum, [key, count]) => sum + Math.max(0, count - (other.get(key) ?? 0)), 0)
  return { added: missing(current, old), removed: missing(old, current) }
}
