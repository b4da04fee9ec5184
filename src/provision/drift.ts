import { valueJson } from '../expression/outcome-json.js'
import type { Link } from '../state/rows.js'
import { scanAll } from '../state/store.js'
import { REDACTED } from '../values/redacted.js'
import type { Value } from '../values/value.js'
import type { CycleWorld, JobDefinition, JobMapping } from './job.js'
import { isDigest, redactedNames, shows, targetType } from './prints.js'

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
 * this: there, a change that others make in the target stays until the source object changes.
 */
export const findDrift = async function* (
  job: JobDefinition,
  world: CycleWorld,
  options: DriftOptions = {},
): AsyncGenerator<Drift> {
  const { store, target, signal } = world
  for (const mapping of job.mappings) {
    const kind = mapping.compiled.objectMapping.targetObjectName
    for await (const links of scanAll(store, 'links', { prefix: [mapping.key] })) {
      for (const link of links) {
        if (signal?.aborted === true) return
        if (!link.managed) continue
        const base = { mapping: mapping.key, sourceId: link.sourceId, targetId: link.targetId }
        const answer = await target.read(kind, link.targetId, signal)
        if (answer.outcome === 'gone') {
          if (options.repair === true)
            await store.transaction(async (tx) => {
              await tx.remove('links', mapping.key, link.sourceId)
              await tx.remove('staged', mapping.key, link.sourceId)
            })
          yield { ...base, state: 'gone', values: [], repaired: options.repair === true }
          continue
        }
        if (answer.outcome !== 'done') {
          yield { ...base, state: 'unreadable', values: [], repaired: false, reason: answer.reason }
          continue
        }
        const values = await differences(mapping, link, answer.value.values)
        if (values.length === 0) continue
        let repaired = false
        let reason: string | undefined
        if (options.repair === true) {
          // A redacted value is no longer known, and cannot be sent again.
          const wanted = new Map(
            values
              .map(({ attribute }) => [attribute, (link.print[attribute]?.sent ?? null) as Value] as const)
              .filter(([, sent]) => !isDigest(sent)),
          )
          const written = await target.update(
            kind,
            link.targetId,
            { before: answer.value.values, values: wanted },
            signal,
          )
          repaired = written.outcome === 'done'
          if (written.outcome !== 'done') reason = written.reason
        }
        yield { ...base, state: 'changed', values, repaired, ...(reason === undefined ? {} : { reason }) }
      }
    }
  }
}
