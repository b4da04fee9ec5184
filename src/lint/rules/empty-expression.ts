import { defineRule, type Rule } from '../define.js'

export const emptyExpression: Rule = defineRule({
  id: 'empty-expression',
  code: 'AF9232',
  scope: 'expression',
  run({ analyzed: { expression } }, report) {
    if (expression.type === 'StringLiteral' && expression.value === '') report(expression.span, {})
  },
})
