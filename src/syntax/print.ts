import type { Argument, Expression, IntegerLiteral, StringLiteral } from './ast.js'
import { requireTree } from './require-tree.js'

/** How {@link printExpression} and {@link prettyExpression} write literals. */
export interface PrintOptions {
  /**
   * Whether a function's parameter takes an integer. With it, integers are written as the service stores
   * them: bare where an integer is taken, between quotes where only text counts. Undefined means that a
   * number and its text are different values there; such integers are not changed. Without the option no
   * integer is changed.
   */
  readonly isIntegerParameter?: (functionName: string, argumentIndex: number) => boolean | undefined
}

/** The text of a string literal: only `\` and `"` are escaped. */
export const quoteString = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`

/** How a literal is read: as an integer, as text, or as a value whose kind matters. */
export type LiteralReading = 'integer' | 'text' | 'value'

/** Only the plain notation of an integer can change between bare and quoted without changing its text. */
const isPlainInteger = (value: string): boolean => /^(?:0|-?[1-9][0-9]*)$/.test(value)

/** Writes a string or integer the way it is read. */
const printLiteral = (literal: StringLiteral | IntegerLiteral, reading: LiteralReading): string => {
  const isString = literal.type === 'StringLiteral'
  const text = isString ? literal.value : literal.text
  const bare = reading === 'value' || (isString && !isPlainInteger(text)) ? !isString : reading === 'integer'
  if (bare) return text
  // In quotes, another notation such as &HF would be a different text.
  return quoteString(isString ? text : String(literal.value))
}

/** How a literal argument of a call is read. */
export const argumentReading = (name: string, index: number, options: PrintOptions): LiteralReading => {
  const takesInteger = options.isIntegerParameter?.(name, index)
  if (takesInteger === undefined) return 'value'
  return takesInteger ? 'integer' : 'text'
}

/** How literal operands of `&` and the comparisons are read: `1` and `"1"` mean the same there. */
export const operandReading = (options: PrintOptions): LiteralReading =>
  options.isIntegerParameter === undefined ? 'value' : 'text'

/** The canonical text of a part whose literals are read as given. */
export const printAt = (node: Argument, reading: LiteralReading, options: PrintOptions): string => {
  switch (node.type) {
    case 'StringLiteral':
    case 'IntegerLiteral':
      return printLiteral(node, reading)
    case 'DecimalLiteral':
      return node.text
    case 'AttributeReference':
      return `[${node.name}]`
    case 'Placeholder':
      return `%${node.name}%`
    case 'Name':
      return node.name
    case 'OmittedArgument':
      return ''
    case 'FunctionCall': {
      const { name } = node
      const list = node.arguments.map((arg, i) => printAt(arg, argumentReading(name, i, options), options))
      return `${name}(${list.join(', ')})`
    }
    case 'Comparison':
    case 'Concatenation': {
      const operator = node.type === 'Comparison' ? node.operator : ' & '
      const reading = operandReading(options)
      return printAt(node.left, reading, options) + operator + printAt(node.right, reading, options)
    }
    case 'InvalidExpression':
      // The result need not be a valid expression.
      return '?'
  }
}

/**
 * The canonical text of an expression, as the service stores it: `, ` between arguments, omitted ones kept as
 * blanks, comparisons without blanks, strings with the fewest escapes.
 * @example
 * printExpression(parseExpression('ToUpper( [city] )').expression) // 'ToUpper([city])'
 */
export const printExpression = (expression: Expression, options: PrintOptions = {}): string => {
  requireTree(expression)
  return printAt(expression, 'value', options)
}
