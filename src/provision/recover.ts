import type { Failure } from '../connect/answer.js'
import type { Intent, Link } from '../state/rows.js'
import { scanAll } from '../state/store.js'
import type { Value } from '../values/value.js'
import { type CycleContext, mappingOf } from './context.js'
import type { JobMapping } from './job.js'
import { isDigest, type Remembered, remember, shows, targetType } from './prints.js'
import { ask, completion, type Effect, effectOf } from './requests.js'

/** What the target shows of a request with an unknown outcome: its effect, no effect, or no answer. */
type Evidence =
  | { readonly found: 'effect'; readonly effect: Effect; readonly intent?: Intent }
  | { readonly found: 'nothing' }
  | { readonly found: 'noAnswer'; readonly failure: Failure }

const nothing: Evidence = { found: 'nothing' }

/**
 * Resolves the requests whose outcome was never recorded, as soon as they can no longer take effect. A
 * request that took effect is recorded as carried out. One that did not is forgotten; the work left is found
 * when its object is settled again. If the target gives no answer, the request stays open, and nothing is
 * sent for its object in this cycle.
 */
export const recoverRequests = async (context: CycleContext): Promise<void> => {
  const { store, sleep } = context
  for await (const intents of scanAll(store, 'intents'))
    for (const intent of intents) {
      const wait = stillUnderWay(context, intent)
      if (wait > 0) await sleep(wait)
      await recoverRequest(context, intent)
    }
}

/** For how many more milliseconds a request may still take effect. */
export const stillUnderWay = ({ target, now }: CycleContext, { at }: Intent): number =>
  Math.max(0, at + 2 * target.abilities.requestTimeout - now())

/** Resolves one request whose outcome was never recorded, and which can no longer take effect. */
export const recoverRequest = async (context: CycleContext, intent: Intent): Promise<void> => {
  const { store } = context
  const mapping = mappingOf(context, intent.mapping)
  if (mapping === undefined)
    return store.transaction((tx) => tx.remove('intents', intent.mapping, intent.sourceId))
  const { link, escrow } = await store.transaction(async (tx) => ({
    link: await tx.get('links', intent.mapping, intent.sourceId),
    escrow: await tx.get('escrows', intent.mapping, intent.sourceId),
  }))
  const evidence = await evidenceOf(context, mapping, intent, link)
  if (evidence.found === 'noAnswer') return
  const settle = escrow === undefined ? undefined : { ...escrow, nextAttempt: context.now() }
  if (evidence.found === 'nothing')
    return store.transaction(async (tx) => {
      await tx.remove('intents', intent.mapping, intent.sourceId)
      if (settle !== undefined) await tx.put('escrows', settle)
    })
  const complete = await completion(context, mapping, evidence.intent ?? intent, link, evidence.effect)
  await store.transaction(async (tx) => {
    // The object is settled again now, which finds its other work, such as references.
    if (settle !== undefined) await tx.put('escrows', settle)
    await complete(tx)
  })
  context.counters.recovered++
}

const evidenceOf = (
  context: CycleContext,
  mapping: JobMapping,
  intent: Intent,
  link: Link | undefined,
): Promise<Evidence> => {
  switch (intent.action) {
    case 'create':
      return evidenceOfCreate(context, mapping, intent)
    case 'update':
    case 'disable':
    case 'references':
      return evidenceOfUpdate(context, mapping, intent, link)
    case 'delete':
      return evidenceOfDelete(context, mapping, intent)
    case 'members':
      return evidenceOfMembers(context, mapping, intent)
  }
}

const kindOf = ({ compiled }: JobMapping): string => compiled.objectMapping.targetObjectName

/**
 * A create took effect if a search for its matching value finds one object that is not linked to another
 * source object.
 */
const evidenceOfCreate = async (
  context: CycleContext,
  mapping: JobMapping,
  { matchKeys = [], sourceId }: Intent,
): Promise<Evidence> => {
  const { target, store, signal } = context
  for (const { attribute, value } of matchKeys) {
    const answer = await ask(context, () =>
      target.find(kindOf(mapping), { attribute, value: value as Value }, signal),
    )
    if (answer.outcome !== 'done') return { found: 'noAnswer', failure: answer }
    const [entry, ...others] = answer.value
    if (entry === undefined || others.length > 0) continue
    const { rows } = await store.transaction((tx) =>
      tx.scan('links', { index: 'byTarget', prefix: [mapping.key, entry.id], limit: 2 }),
    )
    return rows.some((row) => row.sourceId !== sourceId)
      ? nothing
      : { found: 'effect', effect: effectOf(entry) }
  }
  return nothing
}

/**
 * An update is one request that takes effect as a whole. So one attribute with its new value proves it, even
 * if the target drops or rewrites others. If no attribute proves it, the request counts as carried out if the
 * target is known not to store the missing values: sending it again would change nothing.
 */
const evidenceOfUpdate = async (
  context: CycleContext,
  mapping: JobMapping,
  { targetId = '', values = {} }: Intent,
  link: Link | undefined,
): Promise<Evidence> => {
  const answer = await ask(context, () => context.target.read(kindOf(mapping), targetId, context.signal))
  if (answer.outcome === 'gone') return nothing
  if (answer.outcome !== 'done') return { found: 'noAnswer', failure: answer }
  const found = answer.value.values
  let missing = false
  for (const [name, sent] of Object.entries(values as Remembered)) {
    const before = link !== undefined && Object.hasOwn(link.print, name) ? link.print[name] : undefined
    const value = found.get(name) ?? null
    if (await shows(targetType(mapping, name), sent, value)) {
      const was = (before?.seen === undefined ? before?.sent : before.seen) ?? null
      const changed =
        isDigest(sent) || isDigest(was) || !(await shows(targetType(mapping, name), sent, was as Value))
      if (changed) return { found: 'effect', effect: effectOf(answer.value) }
    } else {
      const rewritten =
        before?.seen !== undefined &&
        !(await shows(targetType(mapping, name), before.sent, before.seen as Value)) &&
        JSON.stringify((await remember(mapping, [[name, value]]))[name]) === JSON.stringify(before.seen)
      if (!rewritten) missing = true
    }
  }
  return missing ? nothing : { found: 'effect', effect: effectOf(answer.value) }
}

const evidenceOfDelete = async (
  context: CycleContext,
  mapping: JobMapping,
  { targetId = '' }: Intent,
): Promise<Evidence> => {
  const answer = await ask(context, () => context.target.read(kindOf(mapping), targetId, context.signal))
  if (answer.outcome === 'done') return nothing
  if (answer.outcome === 'gone') return { found: 'effect', effect: { targetId, shown: undefined } }
  return { found: 'noAnswer', failure: answer }
}

/** Members that the group shows are present, whoever added them. */
const evidenceOfMembers = async (
  context: CycleContext,
  mapping: JobMapping,
  intent: Intent,
): Promise<Evidence> => {
  const { targetId = '', members } = intent
  if (members === undefined) return nothing
  const { attribute, add, remove } = members
  const answer = await ask(context, () =>
    context.target.readMembers(kindOf(mapping), targetId, attribute, context.signal),
  )
  if (answer.outcome === 'gone') return nothing
  if (answer.outcome !== 'done') return { found: 'noAnswer', failure: answer }
  const has = new Set(answer.value)
  const done = {
    attribute,
    add: add.filter((id) => has.has(id)),
    remove: remove.filter((id) => !has.has(id)),
  }
  if (done.add.length + done.remove.length === 0) return nothing
  return {
    found: 'effect',
    effect: { targetId, shown: undefined },
    intent: { ...intent, members: done },
  }
}
