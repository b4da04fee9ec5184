import { callsOf, isCallOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const guidBase64: Rule = defineRule({
  id: 'guid-base64',
  code: 'AF9243',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Left', 'Mid')) {
      const source = call.at(0)
      const inner = isCallOf(context, source, 'ConvertToBase64') ? source.arguments[0] : undefined
      if (isCallOf(context, inner, 'Guid')) report(call.node.span, {})
    }
  },
})
