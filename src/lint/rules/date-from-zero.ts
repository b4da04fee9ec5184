import type { Expression } from '../../syntax/ast.js'
import { visit } from '../../syntax/walk.js'
import { callsOf, domainOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

/** Whether the expression contains the number 0, so that its author has considered the case. */
const namesZero = (expression: Expression): boolean => {
  let found = false
  visit(expression, (node) => {
    if (node.type === 'StringLiteral' && node.value === '0') found = true
    if (node.type === 'IntegerLiteral' && node.value === 0n) found = true
  })
  return found
}

export const dateFromZero: Rule = defineRule({
  id: 'date-from-zero',
  code: 'AF9246',
  scope: 'expression',
  run(context, report) {
    const considered = namesZero(context.analyzed.expression)
    for (const call of callsOf(context, 'DateFromNum')) {
      const operand = call.at(0)
      if (operand === undefined) continue
      const isRead = operand.type === 'AttributeReference' && !considered
      if (isRead || domainOf(context, operand)?.texts?.has('0') === true)
        report(call.node.span, { call: sourceOf(context, call.node) })
    }
  },
})
