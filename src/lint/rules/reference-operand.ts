import type { Expression } from '../../syntax/ast.js'
import { defineRule, type Rule } from '../define.js'
import { isReferenceMisuse } from '../reported-failures.js'

export const referenceOperand: Rule = defineRule({
  id: 'reference-operand',
  code: 'AF9236',
  scope: 'expression',
  run(context, report) {
    const seen = new Set<Expression>()
    for (const failure of context.analysis.failures) {
      const { argument, function: name } = failure
      if (argument.type !== 'AttributeReference' || seen.has(argument)) continue
      if (!isReferenceMisuse(context, failure)) continue
      seen.add(argument)
      report(argument.span, {
        attribute: `[${argument.name}]`,
        function: /\w/.test(name) ? name : 'the comparison',
      })
    }
  },
})
