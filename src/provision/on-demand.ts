import { done } from '../connect/answer.js'
import type { Source, SourceChange } from '../connect/source.js'
import type { SourceRecord } from '../values/record.js'

/** An object of a source, with its kind: the `sourceObjectName` of a mapping. */
export interface ChosenObject {
  readonly kind: string
  readonly id: string
  readonly record: SourceRecord
}

/**
 * A source of a few objects: a cycle over it provisions them on demand, and does not treat any other as gone.
 */
export const sourceOfObjects = (source: Source, objects: readonly ChosenObject[]): Source => ({
  name: source.name,
  reads: 'everything',
  missing: 'ignore',
  probe: (signal) => source.probe(signal),
  read: async function* (asked) {
    const chosen = objects.filter(({ kind }) => kind === asked)
    yield { changes: chosen.map(({ id, record }): SourceChange => ({ type: 'changed', id, record })) }
  },
  get: async (asked, asks, signal) => {
    const found = objects.find(({ kind, id }) => kind === asked && id === asks)
    return found === undefined ? source.get(asked, asks, signal) : done(found.record)
  },
  shape: (kind, one) => source.shape?.(kind, one) ?? one,
  close: () => source.close(),
})
