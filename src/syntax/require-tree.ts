import { requireMade } from '../values/misuse.js'

/**
 * Requires the tree of an expression.
 * @throws {TypeError} for anything else, such as its text
 */
export const requireTree = (expression: unknown): void =>
  requireMade(expression, 'type', 'a syntax tree, such as parseExpression(text).expression')
