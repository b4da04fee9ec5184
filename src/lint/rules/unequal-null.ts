import { comparisonsOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { nullableOperand } from '../nullable-operand.js'

export const unequalNull: Rule = defineRule({
  id: 'unequal-null',
  code: 'AF9203',
  scope: 'expression',
  rationale:
    'Objects without the value take the false branch of a test for being different: the opposite of what it reads.',
  good: 'IIF([department] = "Sales", "Yes", "No")',
  run(context, report) {
    for (const node of comparisonsOf(context)) {
      const operand = node.operator === '<>' ? nullableOperand(context, node) : undefined
      if (operand === undefined) continue
      const comparison = sourceOf(context, node)
      report(operand.span, { operand: sourceOf(context, operand), comparison })
    }
  },
})
