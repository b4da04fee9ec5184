import { calls, callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const units: Readonly<Record<string, string>> = { d: 'days', w: 'weeks', ww: 'weeks' }

export const datediffNow: Rule = defineRule({
  id: 'datediff-now',
  code: 'AF9222',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'DateDiff')) {
      const unit = (call.textAt(0) ?? '').toLowerCase()
      if (
        !Object.hasOwn(units, unit) ||
        !(calls(context, call.at(1), 'Now') || calls(context, call.at(2), 'Now'))
      )
        continue
      report(call.node.nameSpan, { unit: units[unit] ?? unit })
    }
  },
})
