import { sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const alwaysFails: Rule = defineRule({
  id: 'always-fails',
  code: 'AF9245',
  scope: 'expression',
  run(context, report) {
    for (const [node, reason] of context.analysis.certainFailures)
      report(node.span, { call: sourceOf(context, node), reason })
  },
})
