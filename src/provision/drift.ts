import { valueJson } from '../expression/outcome-json.js'
import { REDACTED } from '../mapping/redacted.js'
import { sameValue } from '../mapping/same-value.js'
import type { Link } from '../state/rows.js'
import { scanAll } from '../state/store.js'
import type { Value } from '../values/value.js'
import type { CycleWorld, JobDefinition, JobMapping } from './job.js'

/** How an object of the target differs from what the job last wrote. */
export interface Drift {
  readonly mapping: string
  readonly sourceId: string
  readonly targetId: string
  /** `changed`: values differ. `gone`: there is no such object any more. `unreadable`: the target did not say. */
  readonly state: 'changed' | 'gone' | 'unreadable'
  readonly values: readonly { readonly attribute: string; readonly sent: unknown; readonly found: unknown }[]
  /** Whether it was put right. */
  readonly repaired: boolean
  /** What the target answered when it could not be read or repaired. */
  readonly reason?: string
}

/** How drift is looked for. */
export interface DriftOptions {
  /** Write what was last sent again; forget objects that are gone, so that the next cycle matches or creates them. */
  readonly repair?: boolean
}

const isDigest = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'digest')

const differences = (
  { compiled }: JobMapping,
  link: Link,
  found: ReadonlyMap<string, Value>,
): Drift['values'] => {
  const types = new Map(
    compiled.attributes.map(({ mapping, rules }) => [mapping.targetAttributeName, rules.type]),
  )
  const redacted = new Set(
    compiled.attributes.filter((one) => one.redacted).map(({ mapping }) => mapping.targetAttributeName),
  )
  return Object.entries(link.print).flatMap(([attribute, { sent }]) => {
    // Of a redacted value only a digest is kept, and a target that does not show an attribute tells nothing.
    if (isDigest(sent) || !found.has(attribute) || !types.has(attribute)) return []
    const value = found.get(attribute) ?? null
    if (sameValue(sent as Value, value, types.get(attribute))) return []
    const hidden = redacted.has(attribute)
    return [{ attribute, sent: hidden ? REDACTED : sent, found: hidden ? REDACTED : valueJson(value) }]
  })
}

/**
 * Reads every object that the job manages and compares it with what was last sent. The service never does this: what is
 * changed in the target by other hands stays changed until the source object changes.
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
        const values = differences(mapping, link, answer.value.values)
        if (values.length === 0) continue
        let repaired = false
        let reason: string | undefined
        if (options.repair === true) {
          const wanted = new Map(
            values.map(({ attribute }) => [attribute, (link.print[attribute]?.sent ?? null) as Value]),
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
