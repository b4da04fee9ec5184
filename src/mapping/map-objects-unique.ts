import { resolveUnique, type UniqueLookup } from '../expression/unique-batch.js'
import type { ContextInput, EvaluationContext } from '../values/context.js'
import { func, type OptionRules, requireOptions } from '../values/options.js'
import type { SourceRecord } from '../values/record.js'
import { mapObject } from './map-object.js'
import { type MappedObject, type MapRequest, requestRules } from './mapped-object.js'
import type { TypedMappingPlan } from './mapping-plan.js'

/** The request for a whole batch, and for each of its objects. */
export interface UniqueMapRequest<Source extends SourceRecord = SourceRecord> {
  /** The request of each object, except for the members of the batch. Default: none. */
  readonly requestFor?: (record: Source, index: number) => Omit<MapRequest, 'context' | 'isTaken'>
  readonly context?: ContextInput | EvaluationContext
}

const rules: OptionRules<UniqueMapRequest> = {
  requestFor: func,
  context: requestRules.context,
}

/**
 * Maps objects with an asynchronous look-up for SelectUniqueValue, like `evaluateUnique` for expressions. The
 * result equals that of mapping one object after the other: the value written for an object is taken in the
 * same attribute for all later ones. If several attributes use random values, the look-up may be called more
 * than twice, each time for new candidates.
 * @returns the mapped objects in the order of the records; rejected if the look-up is
 * @example
 * const areTaken = async (candidates) => candidates.filter(({ value }) => value === 'ada')
 * const [mapped] = await mapObjectsUnique(mapping, [user], areTaken)
 * mapped?.outcome // 'create'
 */
export const mapObjectsUnique = <Source extends SourceRecord = SourceRecord>(
  compiled: TypedMappingPlan<Source>,
  records: readonly NoInfer<Source>[],
  areTaken: UniqueLookup<NoInfer<Source>>,
  request: UniqueMapRequest<NoInfer<Source>> = {},
): Promise<MappedObject[]> => {
  requireOptions(request, rules)
  const { requestFor, context = {} } = request
  return resolveUnique(
    {
      records,
      evaluate: (record, index, complete, isTaken) =>
        mapObject(compiled, record, {
          ...requestFor?.(record, index),
          context: complete,
          isTaken: ({ value, attribute }) => isTaken(value, attribute),
        }),
      uses: ({ outcome }: MappedObject) => outcome !== 'error' && outcome !== 'skip' && outcome !== 'delete',
    },
    areTaken,
    context,
  )
}
