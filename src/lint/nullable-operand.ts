import { mayBeMissing } from '../functions/domain.js'
import type { Comparison, Expression } from '../syntax/ast.js'
import { domainOf, readsAttribute } from './calls.js'
import type { ExpressionContext } from './define.js'

const isEmptyText = (node: Expression): boolean => node.type === 'StringLiteral' && node.value === ''

/** The operand of a comparison that can be null or "", if that makes the comparison false. */
export const nullableOperand = (context: ExpressionContext, node: Comparison): Expression | undefined => {
  if (context.environment.settings.nullComparison !== 'service') return undefined
  if (isEmptyText(node.left) || isEmptyText(node.right)) return undefined
  return [node.left, node.right].find((operand) => {
    const domain = domainOf(context, operand)
    return domain !== undefined && readsAttribute(operand) && mayBeMissing(domain)
  })
}
