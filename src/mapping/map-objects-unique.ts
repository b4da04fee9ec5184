import { resolveUnique, type UniqueLookup } from '../expression/unique-batch.js'
import type { ContextInput, EvaluationContext } from '../values/context.js'
import type { SourceRecord } from '../values/record.js'
import type { TypedObjectMapping } from './compile-object-mapping.js'
import { mapObject } from './map-object.js'
import type { MappedObject, MapRequest } from './mapped-object.js'

/** What applies to a whole batch, and what is known of each of its objects. */
export interface UniqueMapRequest<Source extends SourceRecord = SourceRecord> {
  /** The request of each object but for what the batch sets. Default: none. */
  readonly requestFor?: (record: Source, index: number) => Omit<MapRequest, 'context' | 'isTaken'>
  readonly context?: ContextInput | EvaluationContext
}

/**
 * Maps objects with a look-up for SelectUniqueValue that takes time, as `evaluateUnique` does for expressions:
 * the result is that of mapping one object after the other, where a value that an object is written with is
 * taken in the same attribute for those after it. Where several attributes draw at random, the look-up may be asked
 * more than twice, each time for new candidates.
 *
 * @returns the mapped objects in the order of the records; rejected when the look-up is
 */
export const mapObjectsUnique = <Source extends SourceRecord = SourceRecord>(
  compiled: TypedObjectMapping<Source>,
  records: readonly NoInfer<Source>[],
  areTaken: UniqueLookup<NoInfer<Source>>,
  { requestFor, context = {} }: UniqueMapRequest<NoInfer<Source>> = {},
): Promise<MappedObject[]> =>
  resolveUnique(
    {
      records,
      evaluate: (index, complete, isTaken) => {
        const record = records[index]!
        return mapObject(compiled, record, {
          ...requestFor?.(record, index),
          context: complete,
          isTaken: ({ value, attribute }) => isTaken(value, attribute),
        })
      },
      uses: ({ outcome }: MappedObject) => outcome !== 'error' && outcome !== 'skip' && outcome !== 'delete',
    },
    areTaken,
    context,
  )
