import type { BoundCall, BoundExpression } from '../check/bound.js'
import { isStrict } from '../functions/define.js'
import type { Argument } from '../syntax/ast.js'
import { BOOLEAN } from '../values/static-type.js'

/**
 * Whether an expression certainly yields a value other than null and "" for every object. False if in doubt.
 */
export const alwaysHasValue = ({
  expression,
  calls,
}: Pick<BoundExpression, 'expression' | 'calls'>): boolean => {
  const has = (part: Argument): boolean => {
    switch (part.type) {
      case 'StringLiteral':
        return part.value !== ''
      case 'IntegerLiteral':
      case 'DecimalLiteral':
        return true
      case 'Name':
        return part.name === 'True' || part.name === 'False'
      case 'Concatenation':
        return has(part.left) || has(part.right)
      case 'FunctionCall': {
        const call = calls.get(part)
        return call !== undefined && callHas(call)
      }
      default:
        return false
    }
  }

  const callHas = ({ definition, given, node }: BoundCall): boolean => {
    switch (definition.form) {
      case 'conditional':
        return node.arguments.length === 3 && given.slice(1).every(has)
      case 'coalesce':
        return given.some(has)
      case 'switch':
        // The default, and the value after each key.
        return (
          node.arguments.length >= 4 &&
          node.arguments.every((part, i) => i === 0 || (i > 1 && i % 2 === 0) || has(part))
        )
      default:
        // A function that returns a Boolean even for null.
        return (
          definition.returns === BOOLEAN && !definition.mapsOverLists && !definition.parameters.some(isStrict)
        )
    }
  }

  return has(expression)
}
