import { argumentAt, type BoundCall } from '../check/bound.js'
import type { FunctionDefinition } from '../functions/define.js'
import type { Domain } from '../functions/domain.js'
import { standardLibrary } from '../functions/standard.js'
import type { Argument, Comparison, Expression, FunctionCall, StringLiteral } from '../syntax/ast.js'
import { visit } from '../syntax/walk.js'
import type { Span } from '../text/span.js'
import type { ExpressionContext } from './define.js'

/** A bound call, with access to its arguments for rules. */
export interface RuleCall extends BoundCall {
  /** The argument at a declared position; undefined if it is omitted. */
  at(position: number): Expression | undefined
  /** The text of an argument that is a string literal. */
  textAt(position: number): string | undefined
  /** The span of an argument; that of the call if it is omitted. */
  spanAt(position: number): Span
}

/** Whether a declaration is that of one of these standard functions, not of a replacement. */
export const isOneOf = (definition: FunctionDefinition, ...names: readonly string[]): boolean =>
  names.includes(definition.name) && standardLibrary.get(definition.name) === definition

/** The calls of an expression, outermost first; with names, only those of these standard functions. */
export const callsOf = (context: ExpressionContext, ...names: readonly string[]): readonly RuleCall[] =>
  [...context.analyzed.calls.values()]
    .filter(({ definition }) => names.length === 0 || isOneOf(definition, ...names))
    .map((call) => ({
      ...call,
      at: (position) => argumentAt(call, position),
      textAt: (position) => {
        const argument = argumentAt(call, position)
        return argument?.type === 'StringLiteral' ? argument.value : undefined
      },
      spanAt: (position) => (argumentAt(call, position) ?? call.node).span,
    }))

/** The comparisons of an expression. */
export const comparisonsOf = (context: ExpressionContext): readonly Comparison[] => {
  const found: Comparison[] = []
  visit(context.analyzed.expression, (node) => {
    if (node.type === 'Comparison') found.push(node)
  })
  return found
}

/** The string literals of an expression. */
export const stringsOf = (context: ExpressionContext): readonly StringLiteral[] => {
  const found: StringLiteral[] = []
  visit(context.analyzed.expression, (node) => {
    if (node.type === 'StringLiteral') found.push(node)
  })
  return found
}

/** Whether a part is a call of one of these standard functions. */
export const isCallOf = (
  { analyzed }: ExpressionContext,
  node: Argument | undefined,
  ...names: readonly string[]
): node is FunctionCall => {
  const call = node?.type === 'FunctionCall' ? analyzed.calls.get(node) : undefined
  return call !== undefined && isOneOf(call.definition, ...names)
}

/** Whether a part of the expression contains a call of one of these functions. */
export const calls = (
  context: ExpressionContext,
  node: Argument | undefined,
  ...names: readonly string[]
): boolean => {
  let found = false
  if (node !== undefined) {
    visit(node, (inner) => {
      if (isCallOf(context, inner, ...names)) found = true
    })
  }
  return found
}

/** Whether an expression reads an attribute. */
export const readsAttribute = (node: Argument): boolean => {
  let found = false
  visit(node, (inner) => {
    if (inner.type === 'AttributeReference') found = true
  })
  return found
}

/** The domain of a part of the expression. */
export const domainOf = (context: ExpressionContext, node: Expression): Domain | undefined =>
  context.analysis.domains.get(node)

/** The text of a part as written, shortened for a message. */
export const sourceOf = (context: ExpressionContext, node: Expression): string => {
  const text = context.analyzed.source.text.slice(node.span.start, node.span.end).replace(/\s+/g, ' ')
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** The keys of a Switch call with their positions among the arguments. */
export const switchKeys = (
  call: RuleCall,
): readonly { readonly key: Expression; readonly index: number }[] => {
  const keys = []
  for (let index = 2; index < call.node.arguments.length; index += 2) {
    const key = call.at(index)
    if (key !== undefined) keys.push({ key, index })
  }
  return keys
}
