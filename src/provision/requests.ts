import type { Answer, Failure } from '../connect/answer.js'
import type { TargetEntry } from '../connect/target.js'
import type { TargetObject } from '../mapping/mapped-object.js'
import type { CycleCounters, Intent, IntentAction, Link } from '../state/rows.js'
import type { StateTransaction } from '../state/store.js'
import { brokenBy, CycleBroken, type CycleContext, isStopped } from './context.js'
import type { JobMapping } from './job.js'
import { type ModifiedProperty, modifiedProperties, type Recorded, record } from './log-record.js'
import { printAfter, remember } from './prints.js'

/**
 * The write protocol. A writing request is stored as an intent before it is sent, and its outcome is recorded
 * in the transaction that removes the intent. So after a crash at any moment, every request with an unknown
 * outcome has an intent, and the next cycle looks at the target before it sends anything for that object
 * again.
 */

/** The counter that a successful request increases. */
export const counterOf: Readonly<Record<IntentAction, keyof CycleCounters>> = {
  create: 'create',
  update: 'update',
  disable: 'disable',
  delete: 'delete',
  references: 'references',
  members: 'references',
}

const recordedAs: Readonly<Record<IntentAction, Recorded['action']>> = {
  create: 'create',
  update: 'update',
  disable: 'disable',
  delete: 'delete',
  references: 'update',
  members: 'update',
}

/**
 * How often a postponed request is sent, and the longest wait that the target may ask for, in milliseconds.
 */
const ATTEMPTS = 3
const LONGEST_WAIT = 60_000

/** The effect of a request, as far as the target showed it. */
export interface Effect {
  /** The identifier of the object in the target. */
  readonly targetId: string
  /** What the target showed of it afterwards; undefined if it showed nothing. */
  readonly shown: TargetObject | undefined
}

/** The contents of an intent, without the members that every intent has. */
export type Request = Omit<Intent, 'mapping' | 'sourceId' | 'epoch' | 'at'>

const membersText = ({ add, remove }: NonNullable<Intent['members']>): string =>
  [
    ...(add.length === 0 ? [] : [`${add.length} added`]),
    ...(remove.length === 0 ? [] : [`${remove.length} removed`]),
  ].join(', ')

/**
 * Returns a function that records a request as carried out, to run in a transaction. It is used for a request
 * that was answered and for one that is found to have taken effect after a crash.
 * @param link the link before the request
 */
export const completion = async (
  context: CycleContext,
  mapping: JobMapping,
  intent: Intent,
  link: Link | undefined,
  { targetId, shown }: Effect,
): Promise<(tx: StateTransaction) => Promise<void>> => {
  const { action, sourceId, values = {}, members, managed, reason } = intent
  const { key } = mapping
  const print = link?.print ?? {}
  const initial = intent.initial ?? link?.initial?.filter((name) => !Object.hasOwn(values, name)) ?? []
  const seen = shown === undefined || shown.size === 0 ? undefined : await remember(mapping, shown)
  const next: Link = {
    mapping: key,
    sourceId,
    targetId,
    managed,
    disabled:
      action === 'disable' || (link?.disabled === true && (action === 'references' || action === 'members')),
    print: printAfter(print, values, seen),
    linkedAt: link?.linkedAt ?? context.now(),
    ...(initial.length > 0 ? { initial } : {}),
  }
  const modified: readonly ModifiedProperty[] =
    members === undefined
      ? modifiedProperties(mapping, print, values)
      : [{ displayName: members.attribute, oldValue: null, newValue: membersText(members) }]
  return async (tx) => {
    await tx.remove('intents', key, sourceId)
    if (action === 'delete') {
      await tx.remove('links', key, sourceId)
      await tx.remove('staged', key, sourceId)
      await tx.remove('pending', 'references', key, sourceId)
      await tx.clear('members', key, sourceId)
    } else if (members === undefined) await tx.put('links', next)
    if (members !== undefined) {
      const { attribute } = members
      for (const memberId of members.add)
        await tx.put('members', { mapping: key, sourceId, attribute, memberId })
      for (const memberId of members.remove) await tx.remove('members', key, sourceId, attribute, memberId)
    }
    if (action === 'delete' || action === 'disable') {
      await tx.remove('pending', 'deprovision', key, sourceId)
      await tx.remove('escrows', key, sourceId)
    }
    await record(tx, context, mapping, {
      sourceId,
      targetId,
      action: recordedAs[action],
      status: 'success',
      errorCode: null,
      reason,
      modified,
    })
  }
}

/** Stores that a request is about to be sent. Throws if another run has taken over the job. */
const announce = async (context: CycleContext, intent: Intent): Promise<void> => {
  const owner = await context.store.transaction(async (tx) => {
    const job = await tx.get('job', 'job')
    if (job?.epoch === context.state.epoch) await tx.put('intents', intent)
    return job?.epoch
  })
  if (owner !== context.state.epoch)
    throw new CycleBroken('JobTakenOver', 'another run or a restart took the job over; this run stops')
}

/**
 * Whether a request is too late to be sent: if the process was held up after announcing it, another process
 * may have treated this one as dead and resolved the request.
 */
const isLate = ({ now, target }: CycleContext, { at }: Intent): boolean =>
  now() - at > target.abilities.requestTimeout

const late: Failure = {
  outcome: 'retry',
  code: 'Timeout',
  reason: 'the process was held up before it could send the request',
  after: 0,
}

/**
 * Sends a writing request. Returns the failure if it was not carried out, else undefined. If its outcome is
 * `unknown`, the intent stays.
 * @param send sends it; called again if the target asks for a short wait
 * @param also writes further rows in the transaction that records the success
 * @param counted the counter that a success increases
 * @throws {CycleBroken} if every further request would fail, too
 */
export const perform = async (
  context: CycleContext,
  mapping: JobMapping,
  sourceId: string,
  link: Link | undefined,
  request: Request,
  send: () => Promise<Answer<Effect>>,
  also?: (tx: StateTransaction, targetId: string) => Promise<void>,
  counted: keyof CycleCounters = counterOf[request.action],
): Promise<Failure | undefined> => {
  const { store, state, now, sleep } = context
  for (let attempt = 1; ; attempt++) {
    await context.admit?.()
    const intent: Intent = { mapping: mapping.key, sourceId, epoch: state.epoch, at: now(), ...request }
    await announce(context, intent)
    const answer = isLate(context, intent) ? late : await send()
    if (answer.outcome === 'done') {
      const complete = await completion(context, mapping, intent, link, answer.value)
      // If a power failure undoes this, the intent is there again, and the target is looked at.
      await store.transaction(async (tx) => {
        await complete(tx)
        await also?.(tx, answer.value.targetId)
      }, 'process')
      // A create that an update completes is counted with it.
      if (request.initial === undefined) context.counters[counted]++
      return undefined
    }
    if (answer.outcome !== 'unknown')
      await store.transaction((tx) => tx.remove('intents', mapping.key, sourceId), 'process')
    const { after } = answer
    const patient = answer.outcome === 'retry' && after !== undefined && after <= LONGEST_WAIT
    if (!patient || attempt === ATTEMPTS || isStopped(context)) return throughOrBroken(answer)
    await sleep(after)
  }
}

/** Reads from the target; tries again if it asks for a short wait. */
export const ask = async <T>(
  context: Pick<CycleContext, 'admit' | 'sleep' | 'signal'>,
  question: () => Promise<Answer<T>>,
): Promise<Answer<T>> => {
  for (let attempt = 1; ; attempt++) {
    await context.admit?.()
    const answer = await question()
    const after = answer.outcome === 'retry' ? answer.after : undefined
    if (after === undefined || after > LONGEST_WAIT || attempt === ATTEMPTS || isStopped(context))
      return answer.outcome === 'done' ? answer : throughOrBroken(answer)
    await context.sleep(after)
  }
}

/**
 * A failure of one object is returned; a failure that concerns every object ends the cycle. A refusal to
 * write one object is a failure of that object.
 */
const throughOrBroken = (failure: Failure): Failure => {
  const all = failure.concerns === 'compliance' || failure.concerns === 'credentials'
  if (all && failure.code !== 'InsufficientRights') throw brokenBy(failure)
  return failure
}

/** The entry of a read, as an effect. */
export const effectOf = ({ id, values }: TargetEntry): Effect => ({ targetId: id, shown: values })
