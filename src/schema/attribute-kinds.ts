import type { Argument } from '../syntax/ast.js'

/** Functions that always yield a Boolean, whatever they get. */
const booleans: ReadonlySet<string> = new Set([
  'Not',
  'IsNull',
  'IsNullOrEmpty',
  'IsPresent',
  'IsNothing',
  'IsString',
])

/**
 * Whether an expression can be seen to yield a value, never null or "", for every object. False when in doubt.
 */
export const alwaysHasValue = (expression: Argument): boolean => {
  switch (expression.type) {
    case 'StringLiteral':
      return expression.value !== ''
    case 'IntegerLiteral':
    case 'DecimalLiteral':
      return true
    case 'Name':
      return expression.name === 'True' || expression.name === 'False'
    case 'Concatenation':
      return alwaysHasValue(expression.left) || alwaysHasValue(expression.right)
    case 'FunctionCall':
      return booleans.has(expression.name) || resultsOf(expression.name, expression.arguments)
    default:
      return false
  }
}

/** Whether every result that a branching function can choose always has a value. */
const resultsOf = (name: string, args: readonly Argument[]): boolean => {
  if (name === 'IIF') return args.length === 3 && args.slice(1).every(alwaysHasValue)
  if (name === 'Coalesce') return args.some(alwaysHasValue)
  if (name !== 'Switch' || args.length < 4) return false
  return args.every(
    (argument, index) => (index !== 1 && (index < 3 || index % 2 === 0)) || alwaysHasValue(argument),
  )
}
