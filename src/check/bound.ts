import type { FunctionDefinition, Parameter } from '../functions/define.js'
import type { Argument, Expression, FunctionCall } from '../syntax/ast.js'
import type { StaticType } from '../values/static-type.js'

/** An argument and the parameter it binds to. */
export interface BoundArgument {
  readonly argument: Argument
  readonly parameter: Parameter
  /** The declared position; repeated parameters count on. */
  readonly position: number
}

/** A call of a known function, with its arguments bound to parameters. */
export interface BoundCall {
  readonly node: FunctionCall
  readonly definition: FunctionDefinition
  /** The arguments that were given, in the order of the text: trailing blanks of a repeating part do not count. */
  readonly given: readonly Argument[]
  /** Those of `given` that have a parameter; an argument past the last parameter is left out. */
  readonly arguments: readonly BoundArgument[]
}

/** The calls of an expression that have a declaration. */
export type BoundCalls = ReadonlyMap<FunctionCall, BoundCall>

/**
 * What binding found out about an expression. The syntax tree stays as it was parsed; this is what is known of its
 * nodes, and whoever needs a declaration, a parameter or a type reads it here.
 */
export interface BoundExpression {
  readonly expression: Expression
  readonly calls: BoundCalls
  /** The kinds of value that each part can yield. */
  readonly types: ReadonlyMap<Expression, StaticType>
  /** The names of the attributes it reads, in the order of first use. */
  readonly attributes: readonly string[]
}

/** The expression at a declared position of a call; undefined where none was given, or a blank. */
export const argumentAt = (call: BoundCall, position: number): Expression | undefined => {
  for (const { argument, position: at } of call.arguments)
    if (at === position) return argument.type === 'OmittedArgument' ? undefined : argument
  return undefined
}
