import { sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { isListMisuse } from '../reported-failures.js'

export const listOperand: Rule = defineRule({
  id: 'list-operand',
  code: 'AF9235',
  scope: 'expression',
  run(context, report) {
    for (const failure of context.analysis.failures) {
      if (!isListMisuse(context, failure)) continue
      const { argument, function: name } = failure
      report(argument.span, {
        operand: sourceOf(context, argument),
        function: /\w/.test(name) ? name : 'the comparison',
      })
    }
  },
})
