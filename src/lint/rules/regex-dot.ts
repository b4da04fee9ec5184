import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const regexDot: Rule = defineRule({
  id: 'regex-dot',
  code: 'AF9244',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const pattern = call.textAt(2)
      if (
        pattern !== undefined &&
        /(^|[@(\w])[a-z0-9-]{2,}\.(?:com|org|net|local|edu|gov|[a-z]{2})(?![a-z*+?{])/i.test(pattern)
      )
        report(call.spanAt(2), { pattern: JSON.stringify(pattern) })
    }
  },
})
