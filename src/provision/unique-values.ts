import { FailureError } from '../connect/answer.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { mapObject } from '../mapping/map-object.js'
import { mapObjectsUnique } from '../mapping/map-objects-unique.js'
import type { MappedObject, MapRequest } from '../mapping/mapped-object.js'
import { selectsUnique } from '../mapping/selects-unique.js'
import type { SourceRecord } from '../values/record.js'
import type { CycleContext } from './context.js'
import type { JobMapping } from './job.js'
import { ask } from './requests.js'

const selecting = new WeakMap<CompiledObjectMapping, boolean>()

/** Whether some attribute of a mapping is assigned by SelectUniqueValue. */
export const assignsUnique = ({ compiled }: JobMapping): boolean => {
  let known = selecting.get(compiled)
  if (known === undefined) {
    known = compiled.attributes.some(selectsUnique)
    selecting.set(compiled, known)
  }
  return known
}

/**
 * Maps an object. If it needs a unique value, the target is searched for each candidate. A value that only
 * the object itself has counts as free.
 * @param targetId the object of the target that it is linked to; undefined if it has none yet
 * @throws {FailureError} if a search is not answered
 */
export const mapUnique = async (
  context: CycleContext,
  mapping: JobMapping,
  source: SourceRecord,
  request: Omit<MapRequest, 'context' | 'isTaken'>,
  targetId?: string,
): Promise<MappedObject> => {
  const { compiled } = mapping
  if (!assignsUnique(mapping)) return mapObject(compiled, source, request)
  const kind = compiled.objectMapping.targetObjectName
  const [mapped] = await mapObjectsUnique(
    compiled,
    [source],
    async (candidates) => {
      const taken = []
      for (const candidate of candidates) {
        const { attribute = '', value } = candidate
        const answer = await ask(context, () =>
          context.target.find(kind, { attribute, value }, context.signal),
        )
        if (answer.outcome !== 'done') throw new FailureError(answer)
        if (answer.value.some(({ id }) => id !== targetId)) taken.push(candidate)
      }
      return taken
    },
    { requestFor: () => request },
  )
  if (mapped === undefined) throw new TypeError('one object was mapped')
  return mapped
}

/**
 * Runs work that finds a unique value and writes it. If a mapping assigns such values, only one object does
 * so at a time, in all processes: the next one finds the written value in the target.
 */
export const whileUnique = <T>(
  context: CycleContext,
  mapping: JobMapping,
  work: () => Promise<T>,
): Promise<T> =>
  assignsUnique(mapping) ? context.matching.run(`${mapping.key} SelectUniqueValue`, work) : work()
