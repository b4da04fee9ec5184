import type { Shaper } from './shaper.js'
import type { SourceEntry } from './source-entry.js'

/** An entry whose object has the attributes that the mapping reads; undefined if the object is left out. */
export const shapedEntry = (shaper: Shaper, entry: SourceEntry): SourceEntry | undefined => {
  if (entry.record === undefined) return entry
  if (shaper.leavesOut(entry.record)) return undefined
  const record = shaper.apply(entry.record)
  return record === entry.record ? entry : { line: entry.line, record, original: entry.record }
}
