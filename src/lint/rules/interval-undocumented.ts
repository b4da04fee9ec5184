import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const intervalUndocumented: Rule = defineRule({
  id: 'interval-undocumented',
  code: 'AF9240',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'DateAdd', 'DateDiff')) {
      const interval = call.textAt(0)
      if (interval !== undefined && /^[qyw]$/i.test(interval))
        report(call.spanAt(0), { interval: JSON.stringify(interval) })
    }
  },
})
