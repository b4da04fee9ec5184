import { done } from '../connect/answer.js'
import { decideProvisioning, type SourceState } from '../mapping/deprovision.js'
import { mapObject } from '../mapping/map-object.js'
import { type ObjectReason, objectReasons } from '../mapping/reasons.js'
import type { Link, Pending, Staged } from '../state/rows.js'
import { scanAll } from '../state/store.js'
import type { SourceRecord } from '../values/record.js'
import {
  CycleBroken,
  type CycleContext,
  concerns,
  countObject,
  isStopped,
  mappingOf,
  shaped,
} from './context.js'
import { failObject, isDue } from './failures.js'
import type { JobMapping } from './job.js'
import { forEachKeyed } from './keyed-queue.js'
import { record, recordLeftOut } from './log-record.js'
import { sentValues } from './prints.js'
import { perform } from './requests.js'
import { ownValues, requestOf } from './values.js'

/** The accidental-deletion threshold of a job that does not set one. */
export const DEFAULT_DELETE_THRESHOLD = 500

/** Why a source object is no longer to be provisioned. */
export type GoneState = Exclude<SourceState, 'active' | 'disabled'>

/** The row of a source object of which nothing was stored. */
const unknownRow = (context: CycleContext, mapping: JobMapping, sourceId: string, state: string): Staged => ({
  mapping: mapping.key,
  sourceId,
  hash: '',
  generation: context.state.generation,
  state,
  seen: context.cycle.number,
})

/** Settles an object of the source that is gone. */
export const settleRemoved = async (
  context: CycleContext,
  mapping: JobMapping,
  sourceId: string,
  source: GoneState,
): Promise<void> => {
  const { store, job } = context
  const { key, compiled } = mapping
  const { staged, link, pending, escrow } = await store.transaction(async (tx) => ({
    staged: await tx.get('staged', key, sourceId),
    link: await tx.get('links', key, sourceId),
    pending: await tx.get('pending', 'deprovision', key, sourceId),
    escrow: await tx.get('escrows', key, sourceId),
  }))
  if (link === undefined) {
    await store.transaction(async (tx) => {
      await tx.remove('staged', key, sourceId)
      await tx.remove('escrows', key, sourceId)
      await tx.remove('pending', 'references', key, sourceId)
    })
    if (staged !== undefined) countObject(context, 'unchanged')
    return
  }
  // Settled for this reason earlier, or its deprovisioning failed and waits.
  if (pending === undefined && staged?.state === source && escrow === undefined) {
    await store.transaction((tx) => tx.put('staged', { ...staged, seen: context.cycle.number }))
    countObject(context, 'unchanged')
    return
  }
  const decision = decideProvisioning({
    target: link.managed ? 'linked' : 'unmanaged',
    inScope: true,
    source,
    flowTypes: compiled.objectMapping.flowTypes,
    mapsSoftDeleted: compiled.mapsSoftDeleted,
    supportsSoftDelete: compiled.ends.supportsSoftDelete,
    disablesByItself: compiled.ends.targetIsActiveDirectory,
    skipOutOfScopeDeletions: job.skipOutOfScopeDeletions ?? false,
  })
  const row: Staged = {
    ...(staged ?? unknownRow(context, mapping, sourceId, source)),
    state: source,
    seen: context.cycle.number,
  }
  if (decision.action === 'disable' || decision.action === 'delete')
    return postpone(context, mapping, row, link, { action: decision.action, reason: decision.reason, source })
  await store.transaction(async (tx) => {
    await tx.put('staged', row)
    await tx.remove('escrows', key, sourceId)
    await tx.remove('pending', 'deprovision', key, sourceId)
    await tx.remove('pending', 'references', key, sourceId)
    await record(tx, context, mapping, {
      sourceId,
      targetId: link.targetId,
      action: 'other',
      status: 'skipped',
      errorCode: decision.reason,
      reason: objectReasons[decision.reason],
    })
  })
  countObject(context, 'skip')
}

/** Stores a disable or delete for later: the threshold is checked when all are known. */
export const postpone = async (
  context: CycleContext,
  mapping: JobMapping,
  row: Staged,
  link: Link,
  what: { readonly action: 'disable' | 'delete'; readonly reason: string; readonly source: SourceState },
): Promise<void> => {
  const { key } = mapping
  const pending: Pending = {
    phase: 'deprovision',
    mapping: key,
    sourceId: row.sourceId,
    ...what,
    ...(row.record === undefined ? {} : { record: row.record }),
    at: context.now(),
  }
  await context.store.transaction(async (tx) => {
    await tx.put('links', link)
    await tx.put('staged', row)
    await tx.put('pending', pending)
    await tx.remove('pending', 'references', key, row.sourceId)
    const escrow = await tx.get('escrows', key, row.sourceId)
    if (escrow?.phase === 'objects') await tx.remove('escrows', key, row.sourceId)
  })
}

/** A disable or delete that a cycle carries out or holds back. */
export interface Removal {
  readonly mapping: JobMapping
  readonly pending: Pending
  /** Whether it failed earlier and is not yet due. */
  readonly waits: boolean
}

/** The removals in rows of `pending`. */
export const removalsOf = async (
  context: CycleContext,
  rows: readonly Pending[],
): Promise<readonly Removal[]> => {
  const escrows = await context.store.transaction(async (tx) => {
    const found = []
    for (const { mapping, sourceId } of rows) found.push(await tx.get('escrows', mapping, sourceId))
    return found
  })
  return rows.flatMap((pending, at) => {
    const mapping = mappingOf(context, pending.mapping)
    const escrow = escrows[at]
    if (mapping === undefined || !concerns(context, pending.sourceId)) return []
    return [{ mapping, pending, waits: escrow !== undefined && !isDue(context, escrow) }]
  })
}

/** How many removals count towards the accidental-deletion threshold. */
export const countRemovals = (removals: readonly Removal[]): number =>
  removals.filter(({ waits }) => !waits).length

/** Why the accidental-deletion threshold holds back the removals of a cycle; undefined if it does not. */
export const heldBack = ({ job, state }: CycleContext, count: number): CycleBroken | undefined => {
  const threshold = job.deleteThreshold ?? DEFAULT_DELETE_THRESHOLD
  if (count < threshold || state.forceDeletes) return undefined
  return new CycleBroken(
    'TooManyDeletes',
    `${count} objects would be disabled or deleted, and the threshold is ${threshold}; none was. To allow it: attrflow job restart --scope ForceDeletes`,
    'TooManyDeletes',
  )
}

/** Carries out a removal, or records that it is held back. */
export const settleRemoval = async (
  context: CycleContext,
  { mapping, pending, waits }: Removal,
  held: boolean,
): Promise<void> => {
  if (waits) return countObject(context, 'waiting')
  if (!held) return remove(context, mapping, pending)
  await context.store.transaction((tx) =>
    record(tx, context, mapping, {
      sourceId: pending.sourceId,
      action: 'stagedDelete',
      status: 'skipped',
      errorCode: 'TooManyDeletes',
      reason: 'held back by the accidental-deletion threshold',
    }),
  )
  countObject(context, 'staged')
}

/**
 * Carries out the disables and deletes of the cycle; none if they reach the accidental-deletion threshold.
 * @throws {CycleBroken} with the quarantine reason `TooManyDeletes`
 */
export const deprovision = async (context: CycleContext): Promise<void> => {
  const { store, target } = context
  let count = 0
  for await (const rows of scanAll(store, 'pending', { prefix: ['deprovision'] }))
    count += countRemovals(await removalsOf(context, rows))
  const held = heldBack(context, count)
  for await (const rows of scanAll(store, 'pending', { prefix: ['deprovision'] }))
    await forEachKeyed(
      await removalsOf(context, rows),
      target.abilities.concurrency,
      ({ pending }) => pending.sourceId,
      async (removal) => {
        if (!isStopped(context)) await settleRemoval(context, removal, held !== undefined)
      },
    )
  if (held !== undefined) throw held
}

const remove = async (context: CycleContext, mapping: JobMapping, pending: Pending): Promise<void> => {
  const { store, target, signal } = context
  const { key, compiled } = mapping
  const { sourceId } = pending
  const { link, staged, intent } = await store.transaction(async (tx) => ({
    link: await tx.get('links', key, sourceId),
    staged: await tx.get('staged', key, sourceId),
    intent: await tx.get('intents', key, sourceId),
  }))
  const source = (pending.source ?? 'active') as SourceState
  const row = staged ?? unknownRow(context, mapping, sourceId, source)
  if (link === undefined) {
    await store.transaction(async (tx) => {
      await tx.remove('pending', 'deprovision', key, sourceId)
      await tx.remove('escrows', key, sourceId)
    })
    return countObject(context, 'unchanged')
  }
  const { targetId } = link
  const fail = (code: string, reason: string, after?: number): Promise<void> =>
    failObject(context, mapping, row, {
      code,
      reason,
      targetId,
      action: pending.action ?? 'disable',
      phase: 'deprovision',
      after,
    })
  if (intent !== undefined) return fail('Timeout', 'the outcome of an earlier request is not known yet')
  const kind = compiled.objectMapping.targetObjectName
  if (pending.action === 'delete') {
    const failure = await perform(
      context,
      mapping,
      sourceId,
      link,
      {
        action: 'delete',
        targetId,
        managed: false,
        reason: objectReasons[pending.reason as ObjectReason] ?? '',
      },
      async () => {
        const answer = await target.remove(kind, targetId, signal)
        return answer.outcome === 'done' || answer.outcome === 'gone'
          ? done({ targetId, shown: undefined })
          : answer
      },
    )
    if (failure !== undefined) return fail(failure.code, failure.reason, failure.after)
    context.counters.objects++
    return
  }
  const sent = sentValues(link)
  const mapped = mapObject(compiled, shaped(context, mapping, (pending.record ?? {}) as SourceRecord), {
    linked: sent,
    ...(source === 'active' ? {} : { source }),
    // A disabled object keeps the unique values that it was given.
    isTaken: ({ value, attribute }) => sent.get(attribute ?? '') !== value,
  })
  const managed = mapped.reason !== 'OutOfScope' && pending.reason !== 'OutOfScope'
  const { values, leftOut } = await ownValues(context, mapping, link.print, mapped)
  if (values.size === 0) {
    await store.transaction(async (tx) => {
      await tx.put('links', { ...link, managed, disabled: true })
      await tx.remove('pending', 'deprovision', key, sourceId)
      await tx.remove('escrows', key, sourceId)
      await record(tx, context, mapping, {
        sourceId,
        targetId,
        action: 'other',
        status: 'skipped',
        errorCode: 'RedundantExport',
        reason: objectReasons.RedundantExport,
      })
      await recordLeftOut(tx, context, mapping, sourceId, leftOut)
    })
    return countObject(context, 'skip')
  }
  const failure = await perform(
    context,
    mapping,
    sourceId,
    link,
    await requestOf(mapping, 'disable', values, { targetId, managed, reason: objectReasons[mapped.reason] }),
    async () => {
      const answer = await target.update(kind, targetId, { before: sentValues(link), values }, signal)
      return answer.outcome === 'done' ? done({ targetId, shown: answer.value }) : answer
    },
    (tx) => recordLeftOut(tx, context, mapping, sourceId, leftOut),
  )
  if (failure?.outcome === 'gone') {
    // There is nothing left to disable. If the source object returns, it is matched or created again.
    await store.transaction(async (tx) => {
      await tx.remove('links', key, sourceId)
      await tx.remove('pending', 'deprovision', key, sourceId)
      await tx.remove('escrows', key, sourceId)
      await record(tx, context, mapping, {
        sourceId,
        targetId,
        action: 'other',
        status: 'skipped',
        errorCode: failure.code,
        reason: failure.reason,
      })
    })
    return countObject(context, 'skip')
  }
  if (failure !== undefined) return fail(failure.code, failure.reason, failure.after)
  context.counters.objects++
}
