import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const dependsOnNow: Rule = defineRule({
  id: 'depends-on-now',
  code: 'AF9223',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Now')) report(call.node.span, { function: 'Now' })
  },
})
