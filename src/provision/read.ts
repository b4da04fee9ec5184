import type { SourceChange } from '../connect/source.js'
import { scanAll } from '../state/store.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import { isList } from '../values/value.js'
import { brokenBy, type CycleContext, concerns, isStopped, mappingOf } from './context.js'
import { type GoneState, settleRemoved } from './deprovision.js'
import { countFailure, dueEscrows, failObject } from './failures.js'
import type { JobMapping } from './job.js'
import { forEachKeyed } from './keyed-queue.js'
import { record } from './log-record.js'
import { settleObject } from './settle.js'

/**
 * Reads the changed objects of a mapping, and settles each. Returns the watermark at which the next cycle
 * continues; undefined if the cycle was stopped, or there is none.
 */
export const readChanges = async (
  context: CycleContext,
  mapping: JobMapping,
): Promise<string | undefined> => {
  const read = await readPages(context, mapping, (changes) =>
    forEachKeyed(
      changes,
      context.target.abilities.concurrency,
      (change) => (change.type === 'faulty' ? change.at : change.id),
      async (change) => {
        if (!isStopped(context)) await takeChange(context, mapping, change)
      },
    ),
  )
  if (read === undefined) return undefined
  const unseen = unseenAfter(context, read)
  if (unseen !== 'ignore')
    await eachUnseen(context, mapping, (id) => settleUnseen(context, mapping, id, unseen))
  return read.watermark
}

/** A complete read of a source. */
export interface Read {
  readonly watermark: string | undefined
  /**
   * Whether a source with watermarks was read from the beginning, so that every object should have been
   * listed.
   */
  readonly everything: boolean
}

/**
 * Reads the objects of a mapping that changed since the last cycle, and passes on each page. Returns
 * undefined if the cycle was stopped.
 * @throws {CycleBroken} if the source cannot be read
 */
export const readPages = async (
  context: CycleContext,
  mapping: JobMapping,
  take: (changes: readonly SourceChange[]) => Promise<void>,
): Promise<Read | undefined> => {
  const { state } = context
  const since = Object.hasOwn(state.watermarks, mapping.key) ? state.watermarks[mapping.key] : undefined
  let read = await readSince(context, mapping, since, take)
  // The source no longer accepts the watermark: everything is read again.
  if (read === 'watermarkGone') read = await readSince(context, mapping, undefined, take)
  return read === 'watermarkGone' || isStopped(context) ? undefined : read
}

const readSince = async (
  context: CycleContext,
  mapping: JobMapping,
  since: string | undefined,
  take: (changes: readonly SourceChange[]) => Promise<void>,
): Promise<Read | 'watermarkGone'> => {
  const { source, signal } = context
  const kind = mapping.compiled.objectMapping.sourceObjectName
  let watermark: string | undefined
  for await (const page of source.read(kind, since, signal)) {
    if (isStopped(context)) break
    watermark = page.watermark ?? watermark
    await take(page.changes)
    context.progress?.({ ...context.counters }, shareRead(context, mapping, page.share))
    if (page.failure?.outcome === 'gone' && since !== undefined) return 'watermarkGone'
    if (page.failure !== undefined) throw brokenBy(page.failure)
  }
  return { watermark, everything: since === undefined && watermark !== undefined }
}

/** Which part of the sources of all mappings was read. */
const shareRead = (
  { job: { mappings } }: CycleContext,
  mapping: JobMapping,
  share: number | undefined,
): number | undefined =>
  share === undefined ? undefined : (mappings.indexOf(mapping) + share) / mappings.length

/**
 * How to treat objects that a cycle did not read: ignore them, treat them as gone for a reason, or ask the
 * source.
 */
export type Unseen = 'ignore' | 'ask' | GoneState

/** How to treat the objects that a read did not list. */
export const unseenAfter = ({ source, job }: CycleContext, { everything }: Read): Unseen => {
  if (job.only !== undefined) return 'ignore'
  if (source.reads === 'everything') return source.missing ?? 'ignore'
  return everything ? 'ask' : 'ignore'
}

/** Settles one change of a source. */
export const takeChange = (
  context: CycleContext,
  mapping: JobMapping,
  change: SourceChange,
): Promise<void> => {
  switch (change.type) {
    case 'changed':
      return change.partial !== undefined && change.partial !== false
        ? takePartial(context, mapping, change)
        : settleObject(context, mapping, change.id, change.record)
    case 'removed':
      return settleRemoved(context, mapping, change.id, change.reason)
    case 'faulty':
      return takeFaulty(context, mapping, change.at, change.diagnostics[0]?.message)
  }
}

/** A change that names only some attributes: the others keep their values, or are read from the source. */
const takePartial = async (
  context: CycleContext,
  mapping: JobMapping,
  change: SourceChange & { readonly type: 'changed' },
): Promise<void> => {
  const { store, source, signal, state, cycle } = context
  const { id } = change
  const staged = await store.transaction((tx) => tx.get('staged', mapping.key, id))
  const first = change.partial === 'parts' && staged?.seen !== cycle.number
  if (staged?.record !== undefined && staged.state === 'active' && !first)
    return settleObject(context, mapping, id, mergedWith(staged.record as SourceRecord, change))
  if (first) return settleObject(context, mapping, id, mergedWith({}, change))
  const answer = await source.get(mapping.compiled.objectMapping.sourceObjectName, id, signal)
  if (answer.outcome === 'done') return settleObject(context, mapping, id, mergedWith(answer.value, change))
  if (answer.outcome === 'gone') return settleRemoved(context, mapping, id, 'hardDeleted')
  return failObject(
    context,
    mapping,
    {
      mapping: mapping.key,
      sourceId: id,
      hash: '',
      generation: state.generation,
      state: 'active',
      seen: cycle.number,
    },
    { code: answer.code, reason: answer.reason },
  )
}

/** An object after a change. */
const mergedWith = (
  before: SourceRecord,
  { record: changed, lists = {} }: SourceChange & { readonly type: 'changed' },
): SourceRecord => {
  const changedLists = Object.entries(lists).map(([name, { add, remove }]) => {
    const value = readAttribute(before, name)
    const ids = new Set((isList(value) ? value : []).filter((one): one is string => typeof one === 'string'))
    for (const id of add) ids.add(id)
    for (const id of remove) ids.delete(id)
    return [name, [...ids]] as const
  })
  return { ...before, ...changed, ...Object.fromEntries(changedLists) }
}

const takeFaulty = async (
  context: CycleContext,
  mapping: JobMapping,
  at: string,
  message = 'the object has no identifier',
): Promise<void> => {
  await context.store.transaction((tx) =>
    record(tx, context, mapping, {
      sourceId: at,
      action: 'other',
      status: 'failure',
      errorCode: 'ImportSkipped',
      reason: message,
    }),
  )
  countFailure(context)
}

/** The objects that were read in earlier cycles but not in this one. */
const unseen = async function* (
  context: CycleContext,
  mapping: JobMapping,
): AsyncGenerator<readonly string[]> {
  const { store, cycle } = context
  for await (const rows of scanAll(store, 'staged', { prefix: [mapping.key] }))
    yield rows.filter(({ seen }) => seen !== cycle.number).map(({ sourceId }) => sourceId)
}

const eachUnseen = async (
  context: CycleContext,
  mapping: JobMapping,
  settle: (sourceId: string) => Promise<void>,
): Promise<void> => {
  for await (const ids of unseen(context, mapping))
    await forEachKeyed(
      ids,
      context.target.abilities.concurrency,
      (id) => id,
      async (id) => {
        if (!isStopped(context)) await settle(id)
      },
    )
}

/** Settles an object that a read did not list although it lists everything. */
export const settleUnseen = async (
  context: CycleContext,
  mapping: JobMapping,
  id: string,
  unseen: Exclude<Unseen, 'ignore'>,
): Promise<void> => {
  if (unseen !== 'ask') return settleRemoved(context, mapping, id, unseen)
  const { source, signal } = context
  const answer = await source.get(mapping.compiled.objectMapping.sourceObjectName, id, signal)
  if (answer.outcome === 'done') return settleObject(context, mapping, id, answer.value)
  if (answer.outcome === 'gone') return settleRemoved(context, mapping, id, 'hardDeleted')
  // It is unknown whether the object exists; nothing is done.
}

/** Tries objects again that failed in an earlier cycle and were not read in this one. */
export const retryFailed = async (context: CycleContext): Promise<void> => {
  for await (const rows of dueEscrows(context))
    await forEachKeyed(
      rows.filter(({ sourceId }) => concerns(context, sourceId)),
      context.target.abilities.concurrency,
      ({ mapping, sourceId }) => `${mapping} ${sourceId}`,
      async ({ mapping: key, sourceId, record: source }) => {
        const mapping = mappingOf(context, key)
        if (mapping === undefined || source === undefined || isStopped(context)) return
        await settleObject(context, mapping, sourceId, source as SourceRecord)
      },
    )
}
