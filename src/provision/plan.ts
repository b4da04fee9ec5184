import { valueJson } from '../expression/outcome-json.js'
import { MemoryStore } from '../state/memory.js'
import type { CycleCounters, LogRow } from '../state/rows.js'
import { type StateStore, scanAll } from '../state/store.js'
import { type TableName, tables } from '../state/tables.js'
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
  /** What was last sent or found; absent where that is not known. */
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

/** Everything that one cycle would do, and nothing of it done. Plain data. */
export interface Plan {
  readonly version: 1
  readonly createdAt: string
  readonly kind: 'initial' | 'incremental'
  readonly counters: CycleCounters
  /** Disables and deletes, and the number from which on none is carried out. */
  readonly removals: number
  readonly deleteThreshold: number
  readonly changes: readonly PlannedChange[]
  /** Objects that fail or are skipped, with the reason. */
  readonly problems: readonly {
    readonly sourceId: string
    readonly status: string
    readonly code: string | null
  }[]
  /** Attributes of the mappings that the target does not keep. */
  readonly leftOut: readonly LeftOut[]
  /** Why the cycle would end in quarantine. */
  readonly quarantine: { readonly reason: string; readonly message: string } | null
  /** Why the plan is incomplete: the source or the target could not be read. */
  readonly failure: { readonly code: string; readonly message: string } | null
  /** Tells two plans with the same changes from others. */
  readonly digest: string
}

/** A copy of everything that a store holds, to try a cycle on. */
const copyOf = async (store: StateStore): Promise<MemoryStore> => {
  const copy = new MemoryStore()
  for (const table of Object.keys(tables) as TableName[]) {
    // What earlier cycles logged has no effect on the next one.
    if (table === 'log') continue
    for await (const rows of scanAll(store, table))
      await copy.transaction(async (tx) => {
        for (const row of rows) await tx.put(table, row as never)
      })
  }
  return copy
}

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

/**
 * Works out what the next cycle would do: the cycle itself runs, on a copy of the state and with a target that is only
 * read. What is found depends on the source and the target as they are now.
 */
export const planCycle = async (job: JobDefinition, world: CycleWorld): Promise<Plan> => {
  const store = await copyOf(world.store)
  const target = new PlanningTarget(world.target)
  const report = await runCycle(job, { ...world, store, target })
  const log: LogRow[] = []
  for await (const rows of scanAll(store, 'log')) log.push(...rows)
  const links = new Map<string, string>()
  for await (const rows of scanAll(store, 'links'))
    for (const { targetId, sourceId } of rows) links.set(targetId, sourceId)
  const reasons = new Map<string, { sourceId: string; reason: string; action: string }>()
  for (const row of log) {
    const { targetIdentity, provisioningSteps } = summaryIn(row)
    if (targetIdentity.id !== '' && row.status !== 'failure')
      reasons.set(targetIdentity.id, {
        sourceId: row.sourceId,
        action: row.action,
        reason: provisioningSteps[0]?.description ?? '',
      })
  }
  const redacted = new Set(
    job.mappings.flatMap(({ compiled }) =>
      compiled.attributes.filter((one) => one.redacted).map(({ mapping }) => mapping.targetAttributeName),
    ),
  )
  const changes = target.requests.map((request): PlannedChange => {
    const known = reasons.get(request.id)
    const action =
      request.type === 'update' && known?.action === 'disable' ? ('disable' as const) : request.type
    return {
      action,
      kind: request.kind,
      sourceId: known?.sourceId ?? links.get(request.id) ?? '',
      targetId: request.id,
      reason: known?.reason ?? '',
      values: plannedValues(request, redacted),
      ...(request.type === 'members' ? { added: request.change.add, removed: request.change.remove } : {}),
    }
  })
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
    problems: log
      .filter(({ status, sourceId }) => status !== 'success' && sourceId !== '')
      .map(({ sourceId, status, errorCode }) => ({ sourceId, status, code: errorCode })),
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
