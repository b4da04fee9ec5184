import { type FunctionDefinition, isStrict } from '../functions/define.js'
import { LIST, MARKER, NULL, overlaps, type StaticType } from '../values/static-type.js'
import type { BoundArgument } from './arguments.js'

/**
 * The type of a call: what the declaration says, null and markers of its arguments, lists it maps over. `types` are
 * those of the bound arguments, in their order.
 */
export const resultType = (
  definition: FunctionDefinition,
  bound: readonly BoundArgument[],
  types: readonly StaticType[],
): StaticType => {
  let result: StaticType = 0
  for (let i = 0; i < bound.length; i++) {
    const { parameter } = bound[i]!
    const type = types[i]!
    // A marker in an argument becomes the outcome of the whole expression, whatever the function does.
    result |= type & MARKER
    if (isStrict(parameter)) result |= type & NULL
    if (definition.lifts && parameter.type === 'String' && overlaps(type, LIST)) result |= LIST
  }
  const { returns } = definition
  return result | (typeof returns === 'function' ? returns(byPosition(bound, types)) : returns)
}

/** The types by the positions of the declaration; what is left out is null. */
const byPosition = (bound: readonly BoundArgument[], types: readonly StaticType[]): StaticType[] => {
  const filled: StaticType[] = []
  for (let i = 0; i < bound.length; i++) {
    const { position } = bound[i]!
    while (filled.length < position) filled.push(NULL)
    filled[position] = types[i]!
  }
  return filled
}
