import { arityOf, bindCalls, describeArity } from '../check/bind.js'
import type { BoundCall } from '../check/bound.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { FunctionLibrary } from '../functions/library.js'
import type { Argument, Comparison, Concatenation, Expression, FunctionCall } from '../syntax/ast.js'
import { blank, repeatingPart, takesInteger } from './argument-layout.js'
import { numberLiteral } from './number-literal.js'

/** The function that stores a concatenation: it has the same meaning. */
const CONCATENATION = 'Append'

/** An expression in the form that a stored tree can express. */
export interface StoredForm {
  /** Spans are those of the original nodes. */
  readonly expression: Expression
  /** The parts that a tree cannot express, and calls that are not bound to a declaration. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Brings an expression into the form that a stored tree can express: `a & b` is `Append(a, b)`, blanks
 * between the sources of Join and similar functions are removed, and numbers are bare if the parameter takes
 * an integer. Elsewhere they become text, because the constants of a tree have no kind. Everything else keeps
 * its value.
 */
export const storedForm = (expression: Expression, library: FunctionLibrary): StoredForm => {
  const calls = bindCalls(expression, library)
  const diagnostics: Diagnostic[] = []

  const literal = (node: Expression, integer: boolean): Expression => {
    switch (node.type) {
      case 'StringLiteral':
        return (integer ? numberLiteral(node.value, node.span) : undefined) ?? node
      case 'IntegerLiteral':
        return integer ? node : { type: 'StringLiteral', span: node.span, value: String(node.value) }
      case 'DecimalLiteral':
        return integer ? node : { type: 'StringLiteral', span: node.span, value: String(Number(node.text)) }
      default:
        return node
    }
  }

  const visit = (node: Expression, integer = false): Expression => {
    switch (node.type) {
      case 'Concatenation':
        return concatenation(node)
      case 'Comparison':
        diagnostics.push(diagnostic('AF4114', node.span, { what: 'A comparison outside IIF’s condition' }))
        return operands(node)
      case 'FunctionCall':
        return call(node)
      default:
        return literal(node, integer)
    }
  }

  const concatenation = (node: Concatenation): FunctionCall => ({
    type: 'FunctionCall',
    span: node.span,
    name: CONCATENATION,
    nameSpan: node.span,
    arguments: [visit(node.left), visit(node.right)],
  })

  const operands = (node: Comparison): Comparison => ({
    ...node,
    left: visit(node.left),
    right: visit(node.right),
  })

  const condition = (node: Expression): Expression => {
    if (node.type === 'Comparison') return operands(node)
    // A number as text would not count as true.
    if (node.type === 'IntegerLiteral' && node.value !== 0n)
      diagnostics.push(diagnostic('AF4114', node.span, { what: 'A number as a condition' }))
    return visit(node)
  }

  const call = (node: FunctionCall): FunctionCall => {
    const found = calls.get(node)
    if (found === undefined) {
      diagnostics.push(diagnostic('AF2001', node.nameSpan, { name: node.name }))
      return node
    }
    const { definition, given, arguments: bound } = found
    if (bound.length < given.length) {
      const args = { expected: describeArity(arityOf(definition)), found: given.length, were: 'were' }
      diagnostics.push(diagnostic('AF3001', node.span, { function: node.name, ...args }))
      return node
    }
    const converted = bound.map(({ argument, position }): Argument => {
      if (argument.type === 'OmittedArgument') return argument
      if (definition.form !== 'conditional' || position > 0)
        return visit(argument, takesInteger(definition, position))
      return condition(argument)
    })
    return { ...node, arguments: layOut(found, converted) }
  }

  const layOut = ({ definition, node }: BoundCall, converted: readonly Argument[]): readonly Argument[] => {
    const { start, size } = repeatingPart(definition)
    if (size === 0) return [...converted, ...node.arguments.slice(converted.length)]
    const repeated = converted.slice(start)
    const isBlank = (argument: Argument): boolean => argument.type === 'OmittedArgument'
    if (size === 1)
      return [...converted.slice(0, start), ...repeated.filter((argument) => !isBlank(argument))]
    // Equal keys are distinguished only by their order, so there must be no gaps between them.
    const missing = repeated.find(isBlank)
    if (missing !== undefined) {
      const what = `A blank between other arguments of ${node.name}`
      diagnostics.push(diagnostic('AF4114', missing.span, { what }))
    }
    return node.arguments.length > converted.length && repeated.length % size !== 0
      ? [...converted, blank]
      : converted
  }

  return { expression: visit(expression), diagnostics }
}
