import { done } from '../connect/answer.js'
import { valueJson } from '../expression/outcome-json.js'
import type { TargetObject } from '../mapping/mapped-object.js'
import type { Link } from '../state/rows.js'
import { scanAll } from '../state/store.js'
import { REDACTED } from '../values/redacted.js'
import type { Value } from '../values/value.js'
import { CycleBroken, type CycleContext, countObject, isStopped } from './context.js'
import { beginCycle, endCycle } from './cycle.js'
import type { CycleWorld, JobDefinition, JobMapping } from './job.js'
import { record } from './log-record.js'
import { isDigest, redactedNames, remember, shows, targetType } from './prints.js'
import { ask, perform } from './requests.js'
import { requestOf } from './values.js'

/** How an object of the target differs from what the job last wrote. */
export interface Drift {
  readonly mapping: string
  readonly sourceId: string
  readonly targetId: string
  /**
   * `changed`: values differ. `gone`: the object no longer exists. `unreadable`: the target did not answer.
   */
  readonly state: 'changed' | 'gone' | 'unreadable'
  readonly values: readonly { readonly attribute: string; readonly sent: unknown; readonly found: unknown }[]
  /** Whether it was repaired. */
  readonly repaired: boolean
  /** The answer of the target if the object could not be read or repaired. */
  readonly reason?: string
}

/** The options of {@link findDrift}. */
export interface DriftOptions {
  /**
   * Send again what was last sent; forget objects that are gone, so that the next cycle matches or creates
   * them.
   */
  readonly repair?: boolean
}

/** The attributes whose values in the target differ from those it showed after they were last written. */
const differences = async (
  mapping: JobMapping,
  { print }: Link,
  found: ReadonlyMap<string, Value>,
): Promise<Drift['values']> => {
  const named = new Set(mapping.compiled.attributes.map((one) => one.mapping.targetAttributeName))
  const redacted = redactedNames(mapping)
  const values: Drift['values'][number][] = []
  for (const [attribute, { sent, seen }] of Object.entries(print)) {
    // An attribute that the target never showed says nothing. A value that it dropped or rewrote is expected
    // to stay that way.
    if (!named.has(attribute) || (seen === undefined && !found.has(attribute))) continue
    const value = found.get(attribute) ?? null
    if (await shows(targetType(mapping, attribute), seen === undefined ? sent : seen, value)) continue
    const hidden = redacted.has(attribute)
    values.push({ attribute, sent: hidden ? REDACTED : sent, found: hidden ? REDACTED : valueJson(value) })
  }
  return values
}

/**
 * Reads every object that the job manages and compares it with what was last sent. The service never does
 * this: there, a change that others make in the target stays until the source object changes. A repair is a
 * cycle of its own, with an intent and a record for each request.
 */
export const findDrift = async function* (
  job: JobDefinition,
  world: CycleWorld,
  options: DriftOptions = {},
): AsyncGenerator<Drift> {
  const { store } = world
  const repairs =
    options.repair === true ? await beginCycle({ ...job, only: new Set<string>() }, world) : undefined
  try {
    for (const mapping of job.mappings)
      for await (const links of scanAll(store, 'links', { prefix: [mapping.key] }))
        for (const link of links) {
          if (isStopped(world)) return
          if (!link.managed) continue
          const found = await driftOf(world, mapping, link, repairs)
          if (found !== undefined) yield found
        }
  } finally {
    if (repairs !== undefined) await endCycle(repairs, repairs.state.watermarks, undefined)
  }
}

const driftOf = async (
  world: CycleWorld,
  mapping: JobMapping,
  link: Link,
  repairs: CycleContext | undefined,
): Promise<Drift | undefined> => {
  const { sourceId, targetId } = link
  const base = { mapping: mapping.key, sourceId, targetId }
  const failed = (reason: string): Drift => ({
    ...base,
    state: 'unreadable',
    values: [],
    repaired: false,
    reason,
  })
  try {
    const kind = mapping.compiled.objectMapping.targetObjectName
    const answer = await ask(world, () => world.target.read(kind, targetId, world.signal))
    if (answer.outcome === 'gone') {
      if (repairs !== undefined) await forget(repairs, mapping, link)
      return { ...base, state: 'gone', values: [], repaired: repairs !== undefined }
    }
    if (answer.outcome !== 'done') return failed(answer.reason)
    const found = answer.value.values
    const values = await differences(mapping, link, found)
    if (values.length === 0) return undefined
    const failure = repairs === undefined ? undefined : await repair(repairs, mapping, link, found, values)
    return {
      ...base,
      state: 'changed',
      values,
      repaired: repairs !== undefined && failure === undefined,
      ...(failure === undefined ? {} : { reason: failure }),
    }
  } catch (error) {
    if (error instanceof CycleBroken) return failed(error.message)
    throw error
  }
}

/** Forgets an object that is gone, so that the next cycle matches or creates it. */
const forget = async (
  context: CycleContext,
  mapping: JobMapping,
  { sourceId, targetId }: Link,
): Promise<void> => {
  await context.store.transaction(async (tx) => {
    await tx.remove('links', mapping.key, sourceId)
    await tx.remove('staged', mapping.key, sourceId)
    await record(tx, context, mapping, {
      sourceId,
      targetId,
      action: 'other',
      status: 'warning',
      errorCode: 'InvalidAnchor',
      reason: 'the object is gone from the target; the next cycle matches or creates it',
    })
  })
  countObject(context, 'skip')
}

/** Sends again what was last sent. Returns why it was not carried out; undefined if it was. */
const repair = async (
  context: CycleContext,
  mapping: JobMapping,
  link: Link,
  found: TargetObject,
  drifted: Drift['values'],
): Promise<string | undefined> => {
  const { sourceId, targetId, managed } = link
  // A redacted value is no longer known, and cannot be sent again.
  const values = new Map(
    drifted
      .map(({ attribute }) => [attribute, (link.print[attribute]?.sent ?? null) as Value] as const)
      .filter(([, sent]) => !isDigest(sent)),
  )
  if (values.size === 0) return 'redacted values are not stored, and cannot be sent again'
  const seen = await remember(
    mapping,
    [...values.keys()].map((name) => [name, found.get(name) ?? null]),
  )
  const before = Object.fromEntries(Object.entries(seen).map(([name, value]) => [name, { sent: value }]))
  const failure = await perform(
    context,
    mapping,
    sourceId,
    { ...link, print: { ...link.print, ...before } },
    await requestOf(mapping, 'update', values, {
      targetId,
      managed,
      reason: 'differed from what was last sent, and is repaired',
    }),
    async () => {
      const kind = mapping.compiled.objectMapping.targetObjectName
      const answer = await context.target.update(kind, targetId, { before: found, values }, context.signal)
      return answer.outcome === 'done' ? done({ targetId, shown: answer.value }) : answer
    },
  )
  if (failure === undefined) context.counters.objects++
  else {
    const { code, reason } = failure
    await context.store.transaction((tx) =>
      record(tx, context, mapping, {
        sourceId,
        targetId,
        action: 'update',
        status: 'failure',
        errorCode: code,
        reason,
      }),
    )
    countObject(context, 'failure')
  }
  return failure?.reason
}
