import type { FunctionDefinition, Parameter } from '../functions/define.js'
import type { Argument, Expression, FunctionCall } from '../syntax/ast.js'
import type { StaticType } from '../values/static-type.js'

/** An argument and its parameter. */
export interface BoundArgument {
  readonly argument: Argument
  readonly parameter: Parameter
  /** The declared position; repetitions of a parameter are numbered onwards. */
  readonly position: number
}

/** A call of a known function, with its arguments bound to parameters. */
export interface BoundCall {
  readonly node: FunctionCall
  readonly definition: FunctionDefinition
  /** The given arguments, in the order of the text, without trailing blanks of a repeating part. */
  readonly given: readonly Argument[]
  /** The members of `given` that have a parameter; an argument past the last parameter is left out. */
  readonly arguments: readonly BoundArgument[]
}

/** The calls of an expression that have a declaration. */
export type BoundCalls = ReadonlyMap<FunctionCall, BoundCall>

/**
 * The result of binding an expression. The syntax tree stays as parsed; declarations, parameters and types of
 * its nodes are kept here.
 */
export interface BoundExpression {
  readonly expression: Expression
  readonly calls: BoundCalls
  /** The kinds of value that each part can yield. */
  readonly types: ReadonlyMap<Expression, StaticType>
  /** The names of the attributes that the expression reads, in the order of first use. */
  readonly attributes: readonly string[]
}

/** The expression at a declared position of a call; undefined for a blank or omitted argument. */
export const argumentAt = (call: BoundCall, position: number): Expression | undefined => {
  for (const { argument, position: at } of call.arguments)
    if (at === position) return argument.type === 'OmittedArgument' ? undefined : argument
  return undefined
}
