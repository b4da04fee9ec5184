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

/** What binding needs of a declaration; derived once, because every call of the function needs it again. */
interface Signature {
  readonly arity: Arity
  /** Index of the first repeating parameter; Infinity when none repeats. */
  readonly firstRepeating: number
}

const signatures = new WeakMap<FunctionDefinition, Signature>()

const signatureFor = (definition: FunctionDefinition): Signature => {
  let signature = signatures.get(definition)
  if (signature === undefined) {
    const first = definition.parameters.findIndex((parameter) => parameter.repeating)
    signature = {
      arity: arityFrom(definition),
      firstRepeating: first < 0 ? Number.POSITIVE_INFINITY : first,
    }
    signatures.set(definition, signature)
  }
  return signature
}

const arityFrom = ({ parameters, alternatives = [] }: FunctionDefinition): Arity => {
  const last = parameters.findLastIndex((parameter) => !isOptional(parameter))
  return {
    least: Math.min(last + (parameters[last]?.atLeast ?? 1), ...alternatives.map(({ count }) => count)),
    most: parameters.some((parameter) => parameter.repeating) ? Number.POSITIVE_INFINITY : parameters.length,
  }
}

/** The arity that a declaration implies; shorter forms count. */
export const arityOf = (definition: FunctionDefinition): Arity => signatureFor(definition).arity

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
  const given = call.arguments
  const { firstRepeating } = signatureFor(definition)
  let end = given.length
  while (end > firstRepeating && given[end - 1]!.type === 'OmittedArgument') end--
  return end === given.length ? given : given.slice(0, end)
}

/**
 * Binds the arguments of a call to the parameters, in their order; arguments past the last parameter are left out.
 */
export const bindArguments = (
  definition: FunctionDefinition,
  call: FunctionCall,
): readonly BoundArgument[] => {
  const given = effectiveArguments(definition, call)
  const positions = definition.alternatives?.find(({ count }) => count === given.length)?.positions
  const bound: BoundArgument[] = []
  for (let index = 0; index < given.length; index++) {
    const position = positions === undefined ? index : positions[index]!
    const parameter = parameterAt(definition, position)
    if (parameter === undefined) break
    bound.push({ argument: given[index]!, parameter, position })
  }
  return bound
}
