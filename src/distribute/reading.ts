import type { SourceChange } from '../connect/source.js'
import { valueJson } from '../expression/outcome-json.js'
import { type CycleContext, isStopped } from '../provision/context.js'
import { readPages, takeChange, unseenAfter } from '../provision/read.js'
import { partitionOf } from '../state/partition.js'
import type { Work } from '../state/rows.js'
import type { SourceRecord } from '../values/record.js'
import type { Value } from '../values/value.js'
import type { Progress } from './progress.js'

/** How many changes are written in one transaction. */
const BATCH = 200

type Placed = Exclude<SourceChange, { readonly type: 'faulty' }>

/** A change in the form in which it is stored until it is settled. */
const stored = (change: Placed): object => ({
  ...change,
  ...(change.record === undefined ? {} : { record: valueJson(change.record as Value) }),
})

/** The change of a row of work. */
export const changeOf = ({ change }: Work): SourceChange => change as SourceChange

/** Adds changed attributes to an earlier change of the same object that is not settled yet. */
const merged = (earlier: Work | undefined, change: Placed): Placed => {
  if (change.type !== 'changed' || change.partial !== true || earlier === undefined) return change
  const before = changeOf(earlier)
  if (before.type !== 'changed') return change
  return { ...before, record: { ...(before.record as SourceRecord), ...change.record } }
}

/** Reads the changes of all objects of the job, and stores them by partition. */
export const readSources = async (context: CycleContext): Promise<Progress> => {
  const watermarks: Record<string, string> = { ...context.state.watermarks }
  const unseen: Record<string, string> = {}
  for (const mapping of context.job.mappings) {
    const read = await readPages(context, mapping, async (changes) => {
      for (const change of changes) if (change.type === 'faulty') await takeChange(context, mapping, change)
      const placed = changes.filter((change) => change.type !== 'faulty')
      for (let at = 0; at < placed.length && !isStopped(context); at += BATCH)
        await context.store.transaction(async (tx) => {
          for (const change of placed.slice(at, at + BATCH)) {
            const key = { mapping: mapping.key, sourceId: change.id }
            const partial = change.type === 'changed' && change.partial === true
            const earlier = partial
              ? await tx.get('work', partitionOf(change.id), mapping.key, change.id)
              : undefined
            await tx.put('work', { ...key, change: stored(merged(earlier, change)) })
          }
        })
    })
    // Stopped: another worker reads from the beginning.
    if (read === undefined) return { done: false, stage: '', after: null }
    if (read.watermark !== undefined) watermarks[mapping.key] = read.watermark
    unseen[mapping.key] = unseenAfter(context, read)
  }
  return { done: true, stage: '', after: null, read: { watermarks, unseen } }
}
