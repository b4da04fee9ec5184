import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const uniqueMatching: Rule = defineRule({
  id: 'unique-matching',
  code: 'AF9301',
  scope: 'mapping',
  run(context, report) {
    if (context.expression === undefined || context.mapping.matchingPriority <= 0) return
    for (const { node } of callsOf(context.expression, 'SelectUniqueValue'))
      report(node.nameSpan, { target: context.mapping.targetAttributeName })
  },
})
