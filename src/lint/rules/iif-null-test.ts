import { callsOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const iifNullTest: Rule = defineRule({
  id: 'iif-null-test',
  code: 'AF9201',
  scope: 'expression',
  run(context, report) {
    if (context.environment.dialect !== 'provisioning') return
    for (const call of callsOf(context, 'IIF')) {
      const condition = call.at(0)
      if (condition === undefined) continue
      const isTest =
        condition.type === 'FunctionCall' &&
        context.analyzed.calls.get(condition)?.definition.tests !== undefined
      const isEmptyComparison =
        condition.type === 'Comparison' &&
        [condition.left, condition.right].some((side) => side.type === 'StringLiteral' && side.value === '')
      if (isTest || isEmptyComparison) report(condition.span, { condition: sourceOf(context, condition) })
    }
  },
})
