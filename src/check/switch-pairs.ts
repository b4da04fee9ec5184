import type { Argument } from '../syntax/ast.js'

/** The pairs that Switch made of its arguments, for the message about the missing value. */
export const switchPairs = (given: readonly Argument[]): string => {
  const label = (argument: Argument | undefined): string => {
    if (argument === undefined) return '(missing)'
    switch (argument.type) {
      case 'StringLiteral':
        return `"${argument.value}"`
      case 'AttributeReference':
        return `[${argument.name}]`
      case 'OmittedArgument':
        return '(blank)'
      case 'FunctionCall':
        return `${argument.name}(…)`
      default:
        return '…'
    }
  }
  const pairs = [`default ${label(given[1])}`]
  for (let i = 2; i < given.length; i += 2) pairs.push(`${label(given[i])} → ${label(given[i + 1])}`)
  return pairs.slice(0, 6).join(', ') + (pairs.length > 6 ? ', …' : '')
}
