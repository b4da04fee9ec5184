import type { Plan, PlannedChange } from '../../provision/plan.js'
import { PLANNED } from '../../provision/planning-target.js'

/** Removals first, because they do most harm. */
export const changeOrder: readonly PlannedChange['action'][] = [
  'delete',
  'disable',
  'create',
  'update',
  'members',
]

/** Whether an action removes access: such changes count against the threshold of the job. */
export const isRemoval = (action: PlannedChange['action']): boolean =>
  action === 'delete' || action === 'disable'

/** The objects of a plan that would fail, and those that would get a warning. */
export const readProblems = ({
  problems,
}: Plan): { readonly failed: Plan['problems']; readonly warned: Plan['problems'] } => ({
  failed: problems.filter(({ status }) => status === 'failure'),
  warned: problems.filter(({ status }) => status === 'warning'),
})

/** The verdict on a plan that is complete and writes nothing; undefined for any other plan. */
export const idleVerdict = (plan: Plan): string | undefined => {
  if (plan.changes.length > 0 || plan.quarantine !== null || plan.failure !== null) return undefined
  return readProblems(plan).failed.length === 0 ? 'There is nothing to do.' : 'Nothing would be written.'
}

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

/**
 * The changes of a plan in order. An object that the plan creates is shown with its name instead of its
 * planned identifier.
 */
export const readChanges = ({ changes }: Plan): readonly ReadChange[] => {
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
