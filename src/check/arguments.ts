import { type FunctionDefinition, isOptional, type Parameter, parameterAt } from '../functions/define.js'
import type { Argument, FunctionCall } from '../syntax/ast.js'

/** An argument and the parameter it binds to. */
export interface BoundArgument {
  readonly argument: Argument
  readonly parameter: Parameter
  /** Declared position, counting repeated parameters on. */
  readonly position: number
}

/** The number of arguments a function takes. */
export interface Arity {
  readonly least: number
  readonly most: number
}

/** The arity that a declaration implies; shorter forms count. */
export const arityOf = (definition: FunctionDefinition): Arity => {
  const { parameters, alternatives = [] } = definition
  const last = parameters.findLastIndex((parameter) => !isOptional(parameter))
  return {
    least: Math.min(last + (parameters[last]?.atLeast ?? 1), ...alternatives.map(({ count }) => count)),
    most: parameters.some((parameter) => parameter.repeating) ? Number.POSITIVE_INFINITY : parameters.length,
  }
}

/** The arity in words: `1 argument`, `2 to 4 arguments`, `at least 2 arguments`. */
export const describeArity = ({ least, most }: Arity): string => {
  const noun = (n: number): string => (n === 1 ? 'argument' : 'arguments')
  if (most === 0) return 'no arguments'
  if (most === Number.POSITIVE_INFINITY) return `at least ${least} ${noun(least)}`
  return least === most ? `${least} ${noun(least)}` : `${least} to ${most} ${noun(most)}`
}

/** The arguments without the trailing blanks of the repeating part, which count for nothing. */
export const effectiveArguments = (
  definition: FunctionDefinition,
  call: FunctionCall,
): readonly Argument[] => {
  const firstRepeating = definition.parameters.findIndex((parameter) => parameter.repeating)
  if (firstRepeating < 0) return call.arguments
  let end = call.arguments.length
  while (end > firstRepeating && call.arguments[end - 1]!.type === 'OmittedArgument') end--
  return call.arguments.slice(0, end)
}

/** Binds the arguments of a call to the parameters; arguments past the last parameter are left out. */
export const bindArguments = (
  definition: FunctionDefinition,
  call: FunctionCall,
): readonly BoundArgument[] => {
  const given = effectiveArguments(definition, call)
  const alternative = definition.alternatives?.find(({ count }) => count === given.length)
  const bound: BoundArgument[] = []
  given.forEach((argument, index) => {
    const position = alternative === undefined ? index : alternative.positions[index]!
    const parameter = parameterAt(definition, position)
    if (parameter !== undefined) bound.push({ argument, parameter, position })
  })
  return bound
}
