import type { Failure } from '../connect/answer.js'
import { done } from '../connect/answer.js'
import type { Link, Pending } from '../state/rows.js'
import { scanAll } from '../state/store.js'
import type { Value } from '../values/value.js'
import { type CycleContext, concerns, isStopped, mappingOf } from './context.js'
import { judgeFailures } from './failures.js'
import type { JobMapping } from './job.js'
import { forEachKeyed } from './keyed-queue.js'
import { record } from './log-record.js'
import { sentValues } from './prints.js'
import { isMembers } from './references.js'
import { perform } from './requests.js'
import { requestOf } from './values.js'

/** After so many refused members of a group, and none accepted, no more are tried. */
const REFUSALS = 3

/** The references of one attribute, resolved to objects of the target. */
interface Resolved {
  /** Identifiers of the target. */
  readonly ids: readonly string[]
  /** How many are not provisioned. */
  readonly unresolved: number
  /** How many of those failed, and may exist after a later cycle. */
  readonly expected: number
}

/** Writes references and members, after the objects that they refer to. */
export const writeReferences = async (context: CycleContext): Promise<void> => {
  const { store, target } = context
  for await (const rows of scanAll(store, 'pending', { prefix: ['references'] })) {
    await forEachKeyed(
      rows.filter(({ sourceId }) => concerns(context, sourceId)),
      target.abilities.concurrency,
      ({ mapping, sourceId }) => `${mapping} ${sourceId}`,
      async (row) => {
        if (!isStopped(context)) await settleReferences(context, row)
      },
    )
    context.progress?.({ ...context.counters }, undefined)
  }
}

/** Writes the references of one object, and forgets them when nothing is left to write. */
export const settleReferences = async (context: CycleContext, row: Pending): Promise<void> => {
  if (await writeReferencesOf(context, row))
    await context.store.transaction(
      (tx) => tx.remove('pending', 'references', row.mapping, row.sourceId),
      'process',
    )
}

/** Writes the references of one object. Returns whether nothing is left to write. */
const writeReferencesOf = async (context: CycleContext, row: Pending): Promise<boolean> => {
  const { store } = context
  const mapping = mappingOf(context, row.mapping)
  if (mapping === undefined) return true
  let complete = true
  for (const [attribute, sourceIds] of Object.entries(row.references ?? {})) {
    const { link, intent } = await store.transaction(async (tx) => ({
      link: await tx.get('links', row.mapping, row.sourceId),
      intent: await tx.get('intents', row.mapping, row.sourceId),
    }))
    if (link === undefined) return true
    // The outcome of an earlier request is unknown: the next cycle resolves it.
    if (intent !== undefined) return false
    const chosen = isMembers(attribute) ? context.job.members : undefined
    const wanted = chosen === undefined ? sourceIds : sourceIds.filter((id) => chosen.has(id))
    const resolved = await resolve(context, wanted)
    // The next cycle writes the members that were not chosen.
    if (chosen !== undefined) complete = false
    const failure = isMembers(attribute)
      ? await writeMembers(context, mapping, link, attribute, resolved.ids, chosen !== undefined)
      : await writeReference(context, mapping, link, attribute, resolved)
    if (failure !== undefined) {
      await warn(context, mapping, link, failure.code, failure.reason)
      complete = false
    } else if (resolved.unresolved > 0) {
      const what = `${resolved.unresolved} of ${wanted.length} objects that ${attribute} refers to are not provisioned`
      await warn(context, mapping, link, 'UnableToResolveReferenceAttributeValue', what)
      // The service does not come back to objects out of scope. References to objects that failed wait for
      // their next try.
      if (resolved.expected > 0) complete = false
    }
  }
  return complete
}

const resolve = (context: CycleContext, sourceIds: readonly string[]): Promise<Resolved> =>
  context.store.transaction(async (tx) => {
    const ids: string[] = []
    let unresolved = 0
    let expected = 0
    for (const id of sourceIds) {
      const { rows } = await tx.scan('links', { index: 'bySource', prefix: [id], limit: 1 })
      if (rows[0] !== undefined) {
        ids.push(rows[0].targetId)
        continue
      }
      unresolved++
      for (const { key } of context.job.mappings)
        if ((await tx.get('escrows', key, id)) !== undefined) {
          expected++
          break
        }
    }
    return { ids, unresolved, expected }
  })

/** Reports a reference that could not be resolved or written, as a warning on the record of the object. */
const warn = async (
  context: CycleContext,
  mapping: JobMapping,
  { sourceId, targetId }: Link,
  errorCode: string,
  reason: string,
): Promise<void> => {
  await context.store.transaction((tx) =>
    record(tx, context, mapping, {
      sourceId,
      targetId,
      action: 'other',
      status: 'warning',
      errorCode,
      reason,
    }),
  )
  context.counters.referenceFailure++
  judgeFailures(context.counters)
}

const writeReference = async (
  context: CycleContext,
  mapping: JobMapping,
  link: Link,
  attribute: string,
  { ids, unresolved }: Resolved,
): Promise<Failure | undefined> => {
  const { target, signal } = context
  const value: Value = ids[0] ?? null
  const sent = Object.hasOwn(link.print, attribute) ? link.print[attribute]?.sent : null
  if (unresolved > 0 || sent === value) return undefined
  const { targetId, sourceId } = link
  const values = new Map([[attribute, value]])
  const request = await requestOf(mapping, 'references', values, {
    targetId,
    managed: link.managed,
    reason: `sets the reference ${attribute}`,
  })
  return perform(context, mapping, sourceId, link, request, async () => {
    const kind = mapping.compiled.objectMapping.targetObjectName
    const answer = await target.update(kind, targetId, { before: sentValues(link), values }, signal)
    return answer.outcome === 'done' ? done({ targetId, shown: answer.value }) : answer
  })
}

/** Updates the members of a group from those last sent to the current ones, in as many requests as needed. */
const writeMembers = async (
  context: CycleContext,
  mapping: JobMapping,
  link: Link,
  attribute: string,
  ids: readonly string[],
  addOnly: boolean,
): Promise<Failure | undefined> => {
  const { store, target, signal } = context
  const { sourceId, targetId, managed } = link
  const has = new Set<string>()
  for await (const rows of scanAll(store, 'members', { prefix: [mapping.key, sourceId, attribute] }))
    for (const { memberId } of rows) has.add(memberId)
  const wanted = new Set(ids)
  const add = [...wanted].filter((id) => !has.has(id))
  const remove = addOnly ? [] : [...has].filter((id) => !wanted.has(id))
  const changes = [...add, ...remove]
  const most = target.abilities.membersPerRequest
  let [step, at, written] = [most, 0, 0]
  const refused: Failure[] = []
  while (at < changes.length) {
    const members = {
      attribute,
      add: add.slice(at, at + step),
      remove: remove.slice(Math.max(0, at - add.length), Math.max(0, at + step - add.length)),
    }
    const failure = await perform(
      context,
      mapping,
      sourceId,
      link,
      { action: 'members', targetId, managed, members, reason: `${attribute} were written` },
      async () => {
        const kind = mapping.compiled.objectMapping.targetObjectName
        const answer = await target.changeMembers(kind, targetId, members, signal)
        return answer.outcome === 'done' ? done({ targetId, shown: undefined }) : answer
      },
    )
    const size = members.add.length + members.remove.length
    if (failure === undefined) {
      at += size
      written += size
    } else if (failure.outcome !== 'refused') return failure
    // The request may be too large, or one member not acceptable: the others are written nevertheless.
    else if (size > 1) step = Math.ceil(size / 2)
    else {
      refused.push(failure)
      if (written === 0 && refused.length === REFUSALS) break
      at++
      step = most
    }
  }
  const [first] = refused
  return first === undefined || refused.length === 1
    ? first
    : { ...first, reason: `${refused.length} members are refused; the first: ${first.reason}` }
}
