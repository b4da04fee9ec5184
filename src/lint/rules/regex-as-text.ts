import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const regexAsText: Rule = defineRule({
  id: 'regex-as-text',
  code: 'AF9215',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const text = call.textAt(1)
      if (text === undefined) continue
      if (/\[\^?[^\]]+-[^\]]+\]|\\[dswDSW]|\(\?[<:=!]|\.[*+]|\[\^/.test(text))
        report(call.spanAt(1), { text: JSON.stringify(text) })
    }
  },
})
