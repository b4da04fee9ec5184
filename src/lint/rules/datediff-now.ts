import { calls, callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const units: Readonly<Record<string, string>> = { d: 'days', w: 'weeks', ww: 'weeks' }

export const datediffNow: Rule = defineRule({
  id: 'datediff-now',
  code: 'AF9222',
  scope: 'expression',
  rationale:
    'The difference is cut toward zero, and Now() has a time of day: from noon on, tomorrow at midnight is 0 days away, and yesterday can be, too.',
  good: 'IIF(DateDiff("h", Now(), CDate([endDate])) <= -24, "False", "True")',
  run(context, report) {
    for (const call of callsOf(context, 'DateDiff')) {
      const unit = (call.textAt(0) ?? '').toLowerCase()
      if (
        !Object.hasOwn(units, unit) ||
        !(calls(context, call.at(1), 'Now') || calls(context, call.at(2), 'Now'))
      )
        continue
      report(call.node.nameSpan, { unit: units[unit]! })
    }
  },
})
