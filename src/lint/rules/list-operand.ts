import { sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { isListMisuse } from '../reported-failures.js'

export const listOperand: Rule = defineRule({
  id: 'list-operand',
  code: 'AF9235',
  scope: 'expression',
  rationale: 'A list where a single value is taken is an evaluation error, which sends the object to escrow.',
  bad: {
    expression: 'IIF([proxyAddresses] = "x", "yes", "no")',
    target: 'title',
    attributes: { proxyAddresses: { multivalued: true } },
  },
  good: {
    expression: 'IIF(Contains([proxyAddresses], "x") > 0, "yes", "no")',
    target: 'title',
    attributes: { proxyAddresses: { multivalued: true } },
  },
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
