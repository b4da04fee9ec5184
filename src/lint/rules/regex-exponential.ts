import { regexOf } from '../../functions/transfer.js'
import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const regexExponential: Rule = defineRule({
  id: 'regex-exponential',
  code: 'AF9211',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const pattern = call.textAt(2)
      if (pattern === undefined || regexOf(pattern)?.degree !== Number.POSITIVE_INFINITY) continue
      report(call.spanAt(2), { pattern: JSON.stringify(pattern) })
    }
  },
})
