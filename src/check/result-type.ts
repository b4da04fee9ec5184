import type { FunctionDefinition } from '../functions/define.js'
import type { Argument } from '../syntax/ast.js'
import { LIST, MARKER, NULL, overlaps, type StaticType } from '../values/static-type.js'
import type { BoundArgument } from './arguments.js'

/** The type of a call: what the declaration says, null and markers of its arguments, lists it maps over. */
export const resultType = (
  definition: FunctionDefinition,
  bound: readonly BoundArgument[],
  types: ReadonlyMap<Argument, StaticType>,
): StaticType => {
  const byPosition: StaticType[] = []
  let result: StaticType = 0
  for (const { argument, parameter, position } of bound) {
    const type = types.get(argument) ?? NULL
    byPosition[position] = type
    // A marker in an argument becomes the outcome of the whole expression, whatever the function does.
    result |= type & MARKER
    if (parameter.required !== false && parameter.acceptsNull !== true) result |= type & NULL
    if (definition.lifts && parameter.type === 'String' && overlaps(type, LIST)) result |= LIST
  }
  const filled = Array.from(byPosition, (type) => type ?? NULL)
  return result | (typeof definition.returns === 'function' ? definition.returns(filled) : definition.returns)
}
