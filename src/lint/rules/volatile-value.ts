import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const volatileValue: Rule = defineRule({
  id: 'volatile-value',
  code: 'AF9225',
  scope: 'expression',
  run(context, report) {
    if (context.isMapped) return
    for (const { node, definition } of callsOf(context))
      if (definition.purity === 'volatile') report(node.span, { function: definition.name })
  },
})
