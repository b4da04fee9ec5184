import { Misuse } from '../values/misuse.js'
import type { Value } from '../values/value.js'
import type { MappedObject, MapRequest, TargetObject } from './mapped-object.js'

/** How the target is searched. */
export type FindTargets = NonNullable<MapRequest['findTargets']>

/**
 * The objects of the target that have a value in an attribute.
 * @throws {TypeError} for anything but a list, such as a promise
 */
export const foundTargets = (
  findTargets: FindTargets,
  attribute: string,
  value: Value,
): readonly TargetObject[] => {
  const found = findTargets(attribute, value)
  if (!Array.isArray(found))
    throw new Misuse(
      'findTargets must return a list at once: look the objects up before mapping, if that takes time',
    )
  return found
}

/**
 * Whether a candidate of SelectUniqueValue is taken: an object of the target has it in the attribute. The
 * object that is updated keeps its own value.
 */
export const isTakenInTarget = (
  findTargets: FindTargets,
  attribute: string,
  value: string,
  updated: TargetObject | undefined,
): boolean => foundTargets(findTargets, attribute, value).some((target) => target !== updated)

/**
 * The context for evaluating the expression of one attribute alone: SelectUniqueValue finds the same candidates
 * taken as it did when the object was mapped.
 */
export const contextOfAttribute = (
  context: MapRequest['context'],
  findTargets: FindTargets | undefined,
  attribute: string,
  { target }: MappedObject,
): MapRequest['context'] =>
  findTargets === undefined || context?.isTaken !== undefined
    ? context
    : { ...context, isTaken: (value) => isTakenInTarget(findTargets, attribute, value, target) }
