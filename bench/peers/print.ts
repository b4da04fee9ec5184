import type { Argument, Expression } from '../../src/syntax/ast.js'
import type { WorkloadGroup } from '../workload/mapping.js'

/** How a language writes what the workload needs. */
export interface Notation {
  attribute(name: string): string
  call(name: string, values: readonly string[]): string
  readonly omitted: string
  readonly equals: string
  readonly notEquals: string
  readonly and: string
  readonly or: string
  /** Whole numbers. Default: as in JSON. */
  integer?(text: string): string
  /** Texts. Default: as in JSON. */
  text?(value: string): string
  conditional(condition: string, then: string, otherwise: string): string
}

/** Prints an expression of the workload in another language. */
export const printIn = (notation: Notation, expression: Expression): string => {
  const text = (value: string): string => notation.text?.(value) ?? JSON.stringify(value)
  const print = (node: Argument): string => {
    switch (node.type) {
      case 'StringLiteral':
        return text(node.value)
      case 'IntegerLiteral':
        return notation.integer?.(node.text) ?? node.text
      case 'AttributeReference':
        return notation.attribute(node.name)
      case 'OmittedArgument':
        return notation.omitted
      case 'Comparison':
        if (node.operator !== '=') throw new Error(`no notation for ${node.operator}`)
        return `${print(node.left)} ${notation.equals} ${print(node.right)}`
      case 'FunctionCall': {
        const values = node.arguments.map(print)
        return node.name === 'IIF'
          ? notation.conditional(values[0]!, values[1]!, values[2]!)
          : notation.call(node.name, values)
      }
      default:
        throw new Error(`no notation for ${node.type}`)
    }
  }
  return print(expression)
}

/** Prints the filter of the workload as one condition; undefined when everything is in scope. */
export const printFilter = (notation: Notation, groups: readonly WorkloadGroup[]): string | undefined => {
  const text = (value: string): string => notation.text?.(value) ?? JSON.stringify(value)
  const clause = ([name, operator, operand = '']: WorkloadGroup[number]): string => {
    const attribute = notation.attribute(name)
    switch (operator) {
      case 'EQUALS':
        return `${attribute} ${notation.equals} ${text(operand)}`
      case 'NOT EQUALS':
        return `${attribute} ${notation.notEquals} ${text(operand)}`
      case 'IS NOT NULL':
        return notation.call('IsPresent', [attribute])
      case 'REGEX MATCH':
        return notation.call('Matches', [attribute, text(operand)])
      default:
        throw new Error(`no notation for ${operator}`)
    }
  }
  const all = (clauses: readonly string[], operator: string): string => `(${clauses.join(` ${operator} `)})`
  if (groups.length === 0) return undefined
  return all(
    groups.map((clauses) => all(clauses.map(clause), notation.and)),
    notation.or,
  )
}
