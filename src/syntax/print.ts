import type { Argument, Expression, IntegerLiteral, StringLiteral } from './ast.js'

/** How {@link printExpression} and {@link prettyExpression} write literals. */
export interface PrintOptions {
  /**
   * Whether a function's parameter takes an integer. With it, integers are written as the service stores them:
   * bare where an integer is taken, between quotes where only text counts. Undefined says that a number and its
   * text are different values there; such integers stay as they were, and without the option all of them do.
   */
  readonly isIntegerParameter?: (functionName: string, argumentIndex: number) => boolean | undefined
}

/** The text of a string literal: only `\` and `"` are escaped. */
export const quoteString = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`

/** What is read of a literal where it stands: an integer, its text, or its value, whose kind then counts. */
export type Position = 'integer' | 'text' | 'value'

/** Only the plain notation of an integer can change between bare and quoted without changing its text. */
const isPlainInteger = (value: string): boolean => /^(?:0|-?[1-9][0-9]*)$/.test(value)

/** Writes a string or integer as its position asks. */
const printLiteral = (literal: StringLiteral | IntegerLiteral, position: Position): string => {
  const isString = literal.type === 'StringLiteral'
  const text = isString ? literal.value : literal.text
  const bare =
    position === 'value' || (isString && !isPlainInteger(text)) ? !isString : position === 'integer'
  if (bare) return text
  // Between quotes another notation, such as &HF, would be another text.
  return quoteString(isString ? text : String(literal.value))
}

/** The position of an argument of a call. */
export const argumentPosition = (name: string, index: number, options: PrintOptions): Position => {
  const takesInteger = options.isIntegerParameter?.(name, index)
  if (takesInteger === undefined) return 'value'
  return takesInteger ? 'integer' : 'text'
}

/** The position of what `&` and the comparisons stand between: they read integers in either form alike. */
export const operandPosition = (options: PrintOptions): Position =>
  options.isIntegerParameter === undefined ? 'value' : 'text'

/** The canonical text of what stands in a position. */
export const printAt = (node: Argument, position: Position, options: PrintOptions): string => {
  switch (node.type) {
    case 'StringLiteral':
    case 'IntegerLiteral':
      return printLiteral(node, position)
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
      const list = node.arguments.map((arg, i) => printAt(arg, argumentPosition(name, i, options), options))
      return `${name}(${list.join(', ')})`
    }
    case 'Comparison':
    case 'Concatenation': {
      const operator = node.type === 'Comparison' ? node.operator : ' & '
      const position = operandPosition(options)
      return printAt(node.left, position, options) + operator + printAt(node.right, position, options)
    }
    case 'InvalidExpression':
      // Nothing valid may come of it.
      return '?'
  }
}

/**
 * The canonical text of an expression, as the service stores it: `, ` between arguments, omitted ones kept as
 * blanks, comparisons without blanks, strings with the fewest escapes.
 * @example
 * printExpression(parseExpression('ToUpper( [city] )').expression) // 'ToUpper([city])'
 */
export const printExpression = (expression: Expression, options: PrintOptions = {}): string =>
  printAt(expression, 'value', options)
