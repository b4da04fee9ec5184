import { comparisonsOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { nullableOperand } from '../nullable-operand.js'

export const comparisonNull: Rule = defineRule({
  id: 'comparison-null',
  code: 'AF9204',
  scope: 'expression',
  run(context, report) {
    for (const node of comparisonsOf(context)) {
      const operand = node.operator === '<>' ? undefined : nullableOperand(context, node)
      if (operand === undefined) continue
      const comparison = sourceOf(context, node)
      report(operand.span, { operand: sourceOf(context, operand), comparison })
    }
  },
})
