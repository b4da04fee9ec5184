import type { Argument, Expression, IntegerLiteral, StringLiteral } from './ast.js'

/** How {@link printExpression} and {@link prettyExpression} write literals. */
export interface PrintOptions {
  /**
   * Whether a function's parameter takes an integer. With it, integers are written as the service stores them:
   * bare where an integer is taken, between quotes everywhere else. Without it they stay as they were.
   */
  readonly isIntegerParameter?: (functionName: string, argumentIndex: number) => boolean
}

/** The text of a string literal: only `\` and `"` are escaped. */
export const quoteString = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`

/** Where an expression stands: as an argument whose parameter takes an integer, or anywhere else. */
type Position = 'integer' | 'other'

/** Only the plain notation of an integer can change between bare and quoted without changing its text. */
const isPlainInteger = (value: string): boolean => /^(?:0|-?[1-9][0-9]*)$/.test(value)

/** Writes a string or integer as its position asks. */
export const printLiteral = (
  literal: StringLiteral | IntegerLiteral,
  position: Position,
  options: PrintOptions,
): string => {
  const isString = literal.type === 'StringLiteral'
  const text = isString ? literal.value : literal.text
  const bare =
    options.isIntegerParameter === undefined || (isString && !isPlainInteger(text))
      ? !isString
      : position === 'integer'
  if (bare) return text
  // Between quotes another notation, such as &HF, would be another text.
  return quoteString(isString ? text : String(literal.value))
}

/** The position of an argument of a call. */
export const argumentPosition = (name: string, index: number, options: PrintOptions): Position =>
  options.isIntegerParameter?.(name, index) ? 'integer' : 'other'

const print = (node: Argument, position: Position, options: PrintOptions): string => {
  switch (node.type) {
    case 'StringLiteral':
    case 'IntegerLiteral':
      return printLiteral(node, position, options)
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
      const list = node.arguments.map((arg, i) => print(arg, argumentPosition(name, i, options), options))
      return `${name}(${list.join(', ')})`
    }
    case 'Comparison':
      return `${print(node.left, 'other', options)}${node.operator}${print(node.right, 'other', options)}`
    case 'Concatenation':
      return `${print(node.left, 'other', options)} & ${print(node.right, 'other', options)}`
    case 'InvalidExpression':
      // Nothing valid may come of it.
      return '?'
  }
}

/**
 * The canonical text of an expression, as the service stores it: `, ` between arguments, omitted ones kept as
 * blanks, comparisons without blanks, strings with the fewest escapes.
 */
export const printExpression = (expression: Expression, options: PrintOptions = {}): string =>
  print(expression, 'other', options)
