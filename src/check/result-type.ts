import { type FunctionDefinition, isStrict, parameterAt } from '../functions/define.js'
import { LIST, MARKER, NULL, overlaps, type StaticType } from '../values/static-type.js'
import type { BoundArgument } from './bound.js'

/**
 * The kinds that a call can yield: those of the declaration, null where a required argument can be null, a
 * list where the call maps over one, and the flow markers of the arguments, which become the outcome of the
 * whole expression. The checker, lowering, lint and the types of generated modules all use this function.
 * @param args the kinds of the arguments by declared position; undefined for an omitted argument
 */
export const kindsOfCall = (
  callee: Pick<FunctionDefinition, 'parameters' | 'returns' | 'mapsOverLists'>,
  args: readonly (StaticType | undefined)[],
): StaticType => {
  const { returns } = callee
  let result: StaticType = 0
  for (let position = 0; position < args.length; position++) {
    const kinds = args[position]
    const parameter = kinds === undefined ? undefined : parameterAt(callee, position)
    if (kinds === undefined || parameter === undefined) continue
    result |= kinds & MARKER
    if (isStrict(parameter)) result |= kinds & NULL
    if (callee.mapsOverLists && parameter.type === 'String' && overlaps(kinds, LIST)) result |= LIST
  }
  return result | (typeof returns === 'function' ? returns(args.map(valueKinds)) : returns)
}

/** The kinds of the value that a body gets: null for an omitted argument, and never a marker. */
const valueKinds = (kinds: StaticType | undefined): StaticType => (kinds ?? NULL) & ~MARKER

/** Facts about the arguments of a call, by declared position; undefined for an omitted argument. */
export const byPosition = <Fact>(
  bound: readonly BoundArgument[],
  facts: readonly Fact[],
): (Fact | undefined)[] => {
  const placed: (Fact | undefined)[] = []
  for (const [i, { position }] of bound.entries()) {
    while (placed.length < position) placed.push(undefined)
    placed[position] = facts[i]
  }
  return placed
}
