import type { Argument, Expression, FunctionCall } from './ast.js'
import { argumentReading, type LiteralReading, operandReading, type PrintOptions, printAt } from './print.js'
import { requireTree } from './require-tree.js'

/** The layout options of {@link prettyExpression}. */
export interface PrettyOptions extends PrintOptions {
  /** The width in characters to keep to where the expression can be broken. Default 80. */
  readonly width?: number
}

const INDENT = '  '

/** Shared by the steps of one layout. */
interface Layout {
  readonly width: number
  readonly options: PrintOptions
  readonly print: (node: Argument, reading: LiteralReading, room: number, indent: string) => string
}

/**
 * The lines into which a call's arguments are broken: one argument each; for Switch, a key with its value.
 */
const groups = (call: FunctionCall): Argument[][] => {
  if (call.name !== 'Switch') return call.arguments.map((argument) => [argument])
  const lines: Argument[][] = []
  for (const [index, argument] of call.arguments.entries()) {
    const isValue = index > 2 && index % 2 === 1
    if (isValue) lines.at(-1)?.push(argument)
    else lines.push([argument])
  }
  return lines
}

/** The length of the last line of a text that starts at `column`. */
const lastColumn = (text: string, column: number): number => {
  const line = text.lastIndexOf('\n')
  return line < 0 ? column + text.length : text.length - line - 1
}

const breakCall = (call: FunctionCall, indent: string, { width, options, print }: Layout): string => {
  const inner = indent + INDENT
  let text = `${call.name}(`
  let index = 0
  for (const group of groups(call)) {
    for (const [place, argument] of group.entries()) {
      // Blank arguments stay on the line before them, so that their commas can be counted.
      if (index > 0) text += text.endsWith(',') ? ' ,' : ','
      if (argument.type !== 'OmittedArgument') {
        const continues = place > 0 && group[0]?.type !== 'OmittedArgument'
        text += continues ? ' ' : `\n${inner}`
        const room = width - lastColumn(text, 0) - 1
        text += print(argument, argumentReading(call.name, index, options), room, inner)
      }
      index++
    }
  }
  return `${text}\n${indent})`
}

/** Lays out an expression; `room` is the remaining width of the line it begins on. */
const layOut = (
  node: Exclude<Argument, { type: 'OmittedArgument' }>,
  flat: string,
  room: number,
  indent: string,
  layout: Layout,
): string => {
  if (flat.length <= room && !flat.includes('\n')) return flat
  const { width, options, print } = layout
  switch (node.type) {
    case 'FunctionCall':
      return node.arguments.length === 0 ? flat : breakCall(node, indent, layout)
    case 'Comparison': {
      const left = print(node.left, operandReading(options), room, indent)
      const operator = ` ${node.operator} `
      const column = lastColumn(left, width - room) + operator.length
      return left + operator + print(node.right, operandReading(options), width - column, indent)
    }
    case 'Concatenation': {
      const left = print(node.left, operandReading(options), room, indent)
      const inner = indent + INDENT
      return `${left}\n${inner}& ${print(node.right, operandReading(options), width - inner.length - 2, inner)}`
    }
    default:
      return flat
  }
}

/**
 * Breaks an expression that is too wide into several lines: one argument a line, each key of Switch with its
 * value. Parsing the result gives the same tree.
 * @example
 * prettyExpression(parseExpression('Join("-",[a],[b])').expression) // 'Join("-", [a], [b])'
 */
export const prettyExpression = (expression: Expression, options: PrettyOptions = {}): string => {
  requireTree(expression)
  const width = options.width ?? 80
  const layout: Layout = {
    width,
    options,
    print: (node, reading, room, indent) =>
      node.type === 'OmittedArgument'
        ? ''
        : layOut(node, printAt(node, reading, options), room, indent, layout),
  }
  return layout.print(expression, 'value', width, '')
}
