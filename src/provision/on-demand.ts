import { done } from '../connect/answer.js'
import type { Source } from '../connect/source.js'
import type { SourceRecord } from '../values/record.js'

/** A source of one object: a cycle over it provisions that object on demand, and takes no other for gone. */
export const singleObjectSource = (
  source: Source,
  kind: string,
  id: string,
  record: SourceRecord,
): Source => ({
  name: source.name,
  reads: 'everything',
  missing: 'ignore',
  probe: (signal) => source.probe(signal),
  read: async function* (asked) {
    yield { changes: asked === kind ? [{ type: 'changed', id, record }] : [] }
  },
  get: async () => done(record),
  shape: (shapedKind, one) => source.shape?.(shapedKind, one) ?? one,
  close: () => source.close(),
})
