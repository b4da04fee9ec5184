import { sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const alwaysFails: Rule = defineRule({
  id: 'always-fails',
  code: 'AF9245',
  scope: 'expression',
  rationale: 'Whatever the object, the call fails when it is reached, and the object fails with it.',
  good: 'FormatDateTime("31/12/2026", , "dd/MM/yyyy", "yyyy-MM-dd")',
  run(context, report) {
    for (const [node, reason] of context.analysis.certainFailures)
      report(node.span, { call: sourceOf(context, node), reason })
  },
})
