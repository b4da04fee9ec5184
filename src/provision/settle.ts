import { done, type Failure, FailureError } from '../connect/answer.js'
import type { TargetEntry } from '../connect/target.js'
import { valueJson } from '../expression/outcome-json.js'
import { mapObject } from '../mapping/map-object.js'
import type { MappedObject } from '../mapping/mapped-object.js'
import { objectReasons } from '../mapping/reasons.js'
import type { JsonValue, Link, Pending, Staged } from '../state/rows.js'
import type { StateTransaction } from '../state/store.js'
import { objectFault } from '../values/object-fault.js'
import type { SourceRecord } from '../values/record.js'
import { textOf } from '../values/text.js'
import type { Value } from '../values/value.js'
import { CycleBroken, type CycleContext, countObject, shaped } from './context.js'
import { postpone } from './deprovision.js'
import { digestOf } from './digest.js'
import { failObject, forgetFailure, isDue, type ObjectFailure } from './failures.js'
import type { JobMapping } from './job.js'
import { type Recorded, record, recordLeftOut } from './log-record.js'
import { remember, sentValues } from './prints.js'
import { ask, effectOf, perform } from './requests.js'
import { assignsUnique, mapUnique, whileUnique } from './unique-values.js'
import { ownValues, referencesIn, requestOf, takeInitial } from './values.js'
import { whyFailed } from './why-failed.js'

/** An object that is being settled. */
interface Settling {
  readonly context: CycleContext
  readonly mapping: JobMapping
  readonly record: SourceRecord
  /** Its row after it is settled. */
  readonly row: Staged
}

/** Does what an object of the source requires, unless it has not changed since it was last settled. */
export const settleObject = async (
  context: CycleContext,
  mapping: JobMapping,
  sourceId: string,
  source: SourceRecord,
): Promise<void> => {
  const { store, state, cycle, job } = context
  const { key } = mapping
  const seen = { mapping: key, sourceId, generation: state.generation, state: 'active', seen: cycle.number }
  const form = storedForm(source)
  if ('code' in form) return failObject(context, mapping, { ...seen, hash: '' }, form)
  const { staged, link, escrow, pending, intent } = await store.transaction(async (tx) => ({
    staged: await tx.get('staged', key, sourceId),
    link: await tx.get('links', key, sourceId),
    escrow: await tx.get('escrows', key, sourceId),
    pending: await tx.get('pending', 'deprovision', key, sourceId),
    intent: await tx.get('intents', key, sourceId),
  }))
  const row: Staged = { ...seen, ...form }
  // On demand, an object is looked at in any case, also one that failed and is not due.
  const unchanged =
    job.only === undefined &&
    staged?.hash === row.hash &&
    staged.generation === row.generation &&
    staged.state === row.state
  if (unchanged && (escrow === undefined || escrow.phase === 'deprovision' || !isDue(context, escrow))) {
    await store.transaction((tx) => tx.put('staged', row), 'process')
    // A waiting removal is counted together with the other removals.
    if (pending === undefined) countObject(context, escrow === undefined ? 'unchanged' : 'waiting')
    return
  }
  if (intent !== undefined)
    return failObject(context, mapping, row, {
      code: 'Timeout',
      reason: 'the outcome of an earlier request is not known yet',
    })
  try {
    await act({ context, mapping, record: shaped(context, mapping, source), row }, link)
  } catch (error) {
    if (error instanceof CycleBroken) throw error
    const { code, reason, after } = error instanceof FailureError ? error.failure : unforeseen(error)
    await failObject(context, mapping, row, { code, reason, after })
  }
}

/** What is stored of an object of the source: a digest and its values; or the failure if that is not possible. */
const storedForm = (source: SourceRecord): Pick<Staged, 'hash' | 'record'> | Unforeseen => {
  try {
    return { hash: digestOf(source), record: valueJson(source as Value) as JsonValue }
  } catch (error) {
    return unforeseen(error)
  }
}

type Unforeseen = Pick<Failure, 'code' | 'reason' | 'after'>

/** The failure of an object for an exception, without values of the object. */
const unforeseen = (error: unknown): Unforeseen => ({
  code: 'InternalError',
  reason: objectFault(error).message,
})

const act = async (settling: Settling, link: Link | undefined): Promise<void> => {
  const { context, mapping, record: source } = settling
  if (link !== undefined) return actOnLink(settling, link)
  const first = mapObject(mapping.compiled, source, { operation: 'create' })
  // The service searches the target only for objects in scope.
  const searches =
    first.outcome !== 'error' &&
    first.reason !== 'ImportSkipped' &&
    first.reason !== 'InputFiltered' &&
    first.reason !== 'NotEffectivelyEntitled'
  if (!searches) return actUnlinked(settling, first)
  const [key] = first.matchKeys.filter(({ query }) => query !== null)
  const lock =
    key === undefined ? settling.row.sourceId : `${key.targetAttribute} ${textOf(key.value)?.toLowerCase()}`
  await context.matching.run(`${mapping.key} ${lock}`, async () => {
    const matched = await match(settling, first)
    if ('code' in matched) return answered(settling, matched)
    if (matched.entry === undefined) return actUnlinked(settling, first)
    const taken = await takeOver(settling, matched.entry)
    if ('code' in taken) return answered(settling, taken)
    return actOnLink(settling, taken.link)
  })
}

/** Searches the target by the matching attributes, in their order. */
const match = async (
  { context, mapping }: Settling,
  { matchKeys }: MappedObject,
): Promise<Failure | { readonly entry: TargetEntry | undefined }> => {
  const kind = mapping.compiled.objectMapping.targetObjectName
  for (const { targetAttribute, value, query } of matchKeys) {
    if (query === null) continue
    const answer = await ask(context, () =>
      context.target.find(kind, { attribute: targetAttribute, value }, context.signal),
    )
    if (answer.outcome !== 'done') return answer
    if (answer.value.length > 1)
      return {
        outcome: 'refused',
        code: 'DuplicateTargetEntries',
        reason: `${answer.value.length} objects of the target match by ${targetAttribute}`,
      }
    if (answer.value.length === 1) return { entry: answer.value[0] }
  }
  return { entry: undefined }
}

/**
 * The link to an object of the target that was matched. If another source object is linked to it and is gone,
 * the link is taken over, as when somebody returns with a new identifier. If that object still exists, it is
 * an error.
 */
const takeOver = async (
  { context, mapping, row }: Settling,
  entry: TargetEntry,
): Promise<Failure | { readonly link: Link }> => {
  const { key } = mapping
  const values = await remember(mapping, entry.values)
  const print = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { sent: value, seen: value }]),
  )
  return context.store.transaction(async (tx) => {
    const { rows } = await tx.scan('links', { index: 'byTarget', prefix: [key, entry.id], limit: 2 })
    for (const { sourceId } of rows.filter((one) => one.sourceId !== row.sourceId)) {
      const other = await tx.get('staged', key, sourceId)
      if (other?.state === 'active')
        return {
          outcome: 'refused',
          code: 'DuplicateSourceEntries',
          reason: `the matching value finds an object of the target that is linked to the source object ${JSON.stringify(sourceId)}`,
        } as const
      await tx.remove('links', key, sourceId)
      await tx.remove('pending', 'deprovision', key, sourceId)
      await tx.remove('escrows', key, sourceId)
      await tx.remove('staged', key, sourceId)
    }
    return {
      link: {
        mapping: key,
        sourceId: row.sourceId,
        targetId: entry.id,
        managed: true,
        disabled: false,
        print,
        linkedAt: context.now(),
      },
    }
  })
}

/** An object without a counterpart in the target. */
const actUnlinked = (settling: Settling, mapped: MappedObject): Promise<void> => {
  const { context, mapping, record: source } = settling
  switch (mapped.outcome) {
    case 'create':
      return whileUnique(context, mapping, async () => {
        const unique = assignsUnique(mapping)
          ? await mapUnique(context, mapping, source, { operation: 'create' })
          : mapped
        return unique.outcome === 'create' ? create(settling, unique) : failed(settling, unique)
      })
    case 'error':
      return failed(settling, mapped)
    default:
      return skipped(settling, undefined, mapped)
  }
}

const actOnLink = (settling: Settling, link: Link): Promise<void> =>
  whileUnique(settling.context, settling.mapping, async () => {
    const { context, mapping, record: source } = settling
    const request = {
      skipOutOfScopeDeletions: context.job.skipOutOfScopeDeletions ?? false,
      linked: sentValues(link),
      ...(link.managed ? {} : { unmanaged: true }),
    }
    return actOnMapped(settling, link, await mapUnique(context, mapping, source, request, link.targetId))
  })

const actOnMapped = (settling: Settling, link: Link, mapped: MappedObject): Promise<void> => {
  const { context, mapping, row } = settling
  switch (mapped.outcome) {
    case 'disable':
      // A change of an object that is already disabled removes nothing more, and need not wait.
      if (link.disabled) return update(settling, mapped, link, true)
      return postpone(context, mapping, row, link, {
        action: 'disable',
        reason: mapped.reason,
        source: 'active',
      })
    case 'delete':
      return postpone(context, mapping, row, link, {
        action: 'delete',
        reason: mapped.reason,
        source: 'active',
      })
    case 'error':
      return failed(settling, mapped)
    case 'skip':
      return skipped(settling, link, mapped)
    default:
      return update(settling, mapped, link, false)
  }
}

const create = async (settling: Settling, mapped: MappedObject): Promise<void> => {
  const { context, mapping, row } = settling
  const { target, signal } = context
  const { values, leftOut } = await ownValues(context, mapping, {}, mapped)
  const initial = takeInitial(context, values)
  const request = await requestOf(mapping, 'create', values, {
    managed: true,
    ...(initial.size > 0 ? { initial: [...initial.keys()] } : {}),
    reason: objectReasons[mapped.reason],
    matchKeys: mapped.matchKeys
      .filter(({ query }) => query !== null)
      .map(({ targetAttribute, value }) => ({
        attribute: targetAttribute,
        value: valueJson(value) as JsonValue,
      })),
  })
  /** The link of an object whose initial values are still to be written. */
  let created = undefined as Link | undefined
  const failure = await perform(
    context,
    mapping,
    row.sourceId,
    undefined,
    request,
    async () => {
      const answer = await target.create(mapping.compiled.objectMapping.targetObjectName, values, signal)
      return answer.outcome === 'done' ? done(effectOf(answer.value)) : answer
    },
    async (tx) => {
      if (initial.size === 0) await settled(tx, settling, mapped)
      else created = await tx.get('links', mapping.key, row.sourceId)
      await recordLeftOut(tx, context, mapping, row.sourceId, leftOut)
    },
  )
  if (failure !== undefined) return answered(settling, failure, { action: 'create' })
  if (created !== undefined) return sendUpdate(settling, mapped, created, initial, undefined, 'create')
  context.counters.objects++
}

/** The values that were to be written right after the object was created, and were not. */
const missingInitial = async (
  { context, mapping, record: source }: Settling,
  { initial = [] }: Link,
): Promise<ReadonlyMap<string, Value>> => {
  if (initial.length === 0) return new Map()
  const mapped = mapObject(mapping.compiled, source, { operation: 'create' })
  const { values } = await ownValues(context, mapping, {}, mapped)
  return new Map([...values].filter(([name]) => initial.includes(name)))
}

const update = async (
  settling: Settling,
  mapped: MappedObject,
  before: Link,
  disabled: boolean,
): Promise<void> => {
  const { context, mapping } = settling
  const link = { ...before, managed: disabled ? before.managed : true, disabled }
  const { values, leftOut } = await ownValues(context, mapping, link.print, mapped)
  if (!disabled)
    for (const [name, value] of await missingInitial(settling, link))
      if (!values.has(name)) values.set(name, value)
  if (values.size === 0)
    return skipped(
      settling,
      link,
      mapped,
      {
        action: 'other',
        status: 'skipped',
        errorCode: 'RedundantExport',
        reason: objectReasons.RedundantExport,
      },
      leftOut,
    )
  return sendUpdate(settling, mapped, link, values, leftOut)
}

/**
 * @param link the link as it will be afterwards, except for its values
 * @param counted the counter that a success increases, if it is not that of updates
 */
const sendUpdate = async (
  settling: Settling,
  mapped: MappedObject,
  link: Link,
  values: ReadonlyMap<string, Value>,
  leftOut?: string,
  counted?: 'create',
): Promise<void> => {
  const { context, mapping, row } = settling
  const { store, target, signal } = context
  const { targetId, managed, disabled } = link
  const request = await requestOf(mapping, 'update', values, {
    targetId,
    managed,
    reason: objectReasons[mapped.reason],
  })
  const failure = await perform(
    context,
    mapping,
    row.sourceId,
    link,
    request,
    async () => {
      const kind = mapping.compiled.objectMapping.targetObjectName
      const answer = await target.update(kind, targetId, { before: sentValues(link), values }, signal)
      return answer.outcome === 'done' ? done({ targetId, shown: answer.value }) : answer
    },
    async (tx) => {
      if (disabled) {
        const written = await tx.get('links', mapping.key, row.sourceId)
        if (written !== undefined) await tx.put('links', { ...written, disabled })
      }
      await settled(tx, settling, mapped)
      await recordLeftOut(tx, context, mapping, row.sourceId, leftOut)
    },
    counted,
  )
  if (failure === undefined) {
    context.counters.objects++
    return
  }
  // The object disappeared from the target: without its link it is matched or created again.
  if (failure.outcome === 'gone')
    await store.transaction((tx) => tx.remove('links', mapping.key, row.sourceId))
  return answered(settling, failure, { action: 'update', targetId })
}

/** An object for which nothing is written. */
const skipped = async (
  settling: Settling,
  link: Link | undefined,
  mapped: MappedObject,
  recorded: Omit<Recorded, 'sourceId'> = {
    action: 'other',
    status: 'skipped',
    errorCode: mapped.reason,
    reason: objectReasons[mapped.reason],
  },
  leftOut?: string,
): Promise<void> => {
  const { context, mapping, row } = settling
  await context.store.transaction(async (tx) => {
    if (link !== undefined) await tx.put('links', link)
    await settled(tx, settling, mapped, link !== undefined)
    await record(tx, context, mapping, { ...recorded, sourceId: row.sourceId, targetId: link?.targetId })
    await recordLeftOut(tx, context, mapping, row.sourceId, leftOut)
  }, 'process')
  countObject(context, 'skip')
}

/** Records that an object is up to date, except for its references, which a later phase writes. */
const settled = async (
  tx: StateTransaction,
  { context, mapping, row, record: source }: Settling,
  mapped: MappedObject,
  linked = true,
): Promise<void> => {
  const { key } = mapping
  await tx.put('staged', row)
  await forgetFailure(tx, mapping, row.sourceId)
  // The object is wanted again, so it is no longer to be removed.
  await tx.remove('pending', 'deprovision', key, row.sourceId)
  const references = referencesIn(context, mapping, mapped, source)
  if (!linked || Object.keys(references).length === 0) return
  const pending: Pending = {
    phase: 'references',
    mapping: key,
    sourceId: row.sourceId,
    references,
    at: context.now(),
  }
  await tx.put('pending', pending)
}

const failed = ({ context, mapping, row }: Settling, mapped: MappedObject): Promise<void> =>
  failObject(context, mapping, row, { code: mapped.reason, reason: whyFailed(mapping, mapped) })

const answered = (
  { context, mapping, row }: Settling,
  { code, reason, after }: Failure,
  request: Pick<ObjectFailure, 'action' | 'targetId'> = {},
): Promise<void> => failObject(context, mapping, row, { code, reason, after, ...request })
