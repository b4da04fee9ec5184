import { type FunctionDefinition, isOptional, parameterAt } from '../functions/define.js'
import type { FunctionLibrary } from '../functions/library.js'
import type { Argument, Expression, FunctionCall } from '../syntax/ast.js'
import { visit } from '../syntax/walk.js'
import type { BoundArgument, BoundCall, BoundCalls } from './bound.js'

/** The number of arguments a function takes. */
export interface Arity {
  readonly least: number
  readonly most: number
}

/**
 * The parts of a declaration that binding needs; derived once, because every call of the function needs them.
 */
interface Signature {
  readonly arity: Arity
  /** Index of the first repeating parameter; Infinity if none repeats. */
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

/** The arity that a declaration implies, including shorter forms. */
export const arityOf = (definition: FunctionDefinition): Arity => signatureFor(definition).arity

/** The arity in words: `1 argument`, `2 to 4 arguments`, `at least 2 arguments`. */
export const describeArity = ({ least, most }: Arity): string => {
  const noun = (n: number): string => (n === 1 ? 'argument' : 'arguments')
  if (most === 0) return 'no arguments'
  if (most === Number.POSITIVE_INFINITY) return `at least ${least} ${noun(least)}`
  return least === most ? `${least} ${noun(least)}` : `${least} to ${most} ${noun(most)}`
}

/** The arguments without the trailing blanks of the repeating part, which are ignored. */
const givenArguments = (definition: FunctionDefinition, call: FunctionCall): readonly Argument[] => {
  const given = call.arguments
  const { firstRepeating } = signatureFor(definition)
  let end = given.length
  while (end > firstRepeating && given[end - 1]?.type === 'OmittedArgument') end--
  return end === given.length ? given : given.slice(0, end)
}

/** Binds the arguments of a call to the parameters of its function. */
export const bindCall = (definition: FunctionDefinition, node: FunctionCall): BoundCall => {
  const given = givenArguments(definition, node)
  const positions = definition.alternatives?.find(({ count }) => count === given.length)?.positions
  const bound: BoundArgument[] = []
  for (const [index, argument] of given.entries()) {
    const position = positions?.[index] ?? index
    const parameter = parameterAt(definition, position)
    if (parameter === undefined) break
    bound.push({ argument, parameter, position })
  }
  return { node, definition, given, arguments: bound }
}

/** Binds every call whose exact name is in the library; checks nothing. */
export const bindCalls = (expression: Expression, library: FunctionLibrary): BoundCalls => {
  const calls = new Map<FunctionCall, BoundCall>()
  visit(expression, (node) => {
    const definition = node.type === 'FunctionCall' ? library.get(node.name) : undefined
    if (node.type === 'FunctionCall' && definition !== undefined) calls.set(node, bindCall(definition, node))
  })
  return calls
}
