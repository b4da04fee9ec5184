import { callsOf, domainOf, switchKeys } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { whyNeverEqual } from '../equality.js'

export const unreachableKey: Rule = defineRule({
  id: 'unreachable-key',
  code: 'AF9206',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Switch')) {
      const source = call.at(0)
      const domain = source && domainOf(context, source)
      if (domain === undefined) continue
      for (const { key } of switchKeys(call)) {
        if (key.type !== 'StringLiteral') continue
        const reason = whyNeverEqual(domain, key.value)
        if (reason !== undefined) report(key.span, { key: JSON.stringify(key.value), reason })
      }
    }
  },
})
