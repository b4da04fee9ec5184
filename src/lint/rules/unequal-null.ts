import { comparisonsOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { nullableOperand } from '../nullable-operand.js'

export const unequalNull: Rule = defineRule({
  id: 'unequal-null',
  code: 'AF9203',
  scope: 'expression',
  run(context, report) {
    for (const node of comparisonsOf(context)) {
      const operand = node.operator === '<>' ? nullableOperand(context, node) : undefined
      if (operand === undefined) continue
      const comparison = sourceOf(context, node)
      report(operand.span, { operand: sourceOf(context, operand), comparison })
    }
  },
})
