import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const uniqueAlways: Rule = defineRule({
  id: 'unique-always',
  code: 'AF9302',
  scope: 'mapping',
  run({ expression: context, mapping }, report) {
    if (context === undefined || mapping.flowType === 'ObjectAddOnly') return
    for (const { node } of callsOf(context, 'SelectUniqueValue')) report(node.nameSpan, {})
  },
})
