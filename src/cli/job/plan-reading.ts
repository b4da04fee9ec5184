import type { Plan, PlannedChange } from '../../provision/plan.js'
import { PLANNED } from '../../provision/planning-target.js'

/** Removals first, because they do most harm. */
const changeOrder: readonly PlannedChange['action'][] = ['delete', 'disable', 'create', 'update', 'members']

/** Whether an action removes access: such changes count against the threshold of the job. */
export const isRemoval = (action: PlannedChange['action']): boolean =>
  action === 'delete' || action === 'disable'

/** A change of a plan in a readable form. */
export interface ReadChange {
  readonly action: PlannedChange['action']
  /** The kind of object, without the namespace of a URN. */
  readonly kind: string
  readonly sourceId: string
  /** The name of the object for people; undefined if no written value names it. */
  readonly name: string | undefined
  readonly reason: string
  /** Values as JSON. `before` is undefined for an object that does not exist yet. */
  readonly values: readonly {
    readonly attribute: string
    readonly before: string | undefined
    readonly after: string
  }[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** The target attributes that name an object for people. */
const nameAttributes = ['displayName', 'name.formatted', 'userName', 'cn', 'mail']

const nameIn = ({ values }: PlannedChange): string | undefined => {
  for (const name of nameAttributes) {
    const after = values.find(({ attribute }) => attribute === name)?.after
    if (typeof after === 'string' && after !== '') return after
  }
  return undefined
}

/** A plan in a readable form. */
export interface ReadPlan {
  /** The verdict on a plan that is complete and writes nothing; undefined for any other plan. */
  readonly idle: string | undefined
  /** The changes of each action that has some, removals first. */
  readonly actions: readonly {
    readonly action: ReadChange['action']
    readonly changes: readonly ReadChange[]
  }[]
  /** The objects that would fail. */
  readonly failed: Plan['problems']
  /** The objects that would get a warning. */
  readonly warned: Plan['problems']
}

/** Reads a plan for a view. */
export const readPlan = (plan: Plan): ReadPlan => {
  const changes = readChanges(plan)
  const isIdle = changes.length === 0 && plan.quarantine === null && plan.failure === null
  const failed = plan.problems.filter(({ status }) => status === 'failure')
  return {
    idle: isIdle
      ? failed.length === 0
        ? 'There is nothing to do.'
        : 'Nothing would be written.'
      : undefined,
    actions: changeOrder
      .map((action) => ({ action, changes: changes.filter((change) => change.action === action) }))
      .filter((one) => one.changes.length > 0),
    failed,
    warned: plan.problems.filter(({ status }) => status === 'warning'),
  }
}

/**
 * The changes of a plan in order. An object that the plan creates is shown with its name instead of its
 * planned identifier.
 */
const readChanges = ({ changes }: Plan): readonly ReadChange[] => {
  const created = new Map(
    changes.flatMap((change) =>
      change.action === 'create' ? [[change.targetId, nameIn(change) ?? change.sourceId] as const] : [],
    ),
  )
  const called = (id: string): string => (created.has(id) ? `the new ${created.get(id)}` : id)
  const inWords = (value: unknown): string =>
    typeof value === 'string' && created.has(value) ? called(value) : (JSON.stringify(value) ?? 'null')
  return changes.map((change) => {
    const isNew = change.targetId.startsWith(PLANNED)
    return {
      action: change.action,
      kind: change.kind.slice(change.kind.lastIndexOf(':') + 1),
      sourceId: change.sourceId,
      name: nameIn(change) ?? created.get(change.targetId),
      reason: change.reason,
      values: change.values.map(({ attribute, before, after }) => ({
        attribute,
        before: isNew ? undefined : before === undefined ? 'unknown' : inWords(before),
        after: inWords(after),
      })),
      added: (change.added ?? []).map(called),
      removed: (change.removed ?? []).map(called),
    }
  })
}
