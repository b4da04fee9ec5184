import { lopsidedAlternation } from '../../dotnet/regex/alternation-borders.js'
import { regexOf } from '../../functions/transfer.js'
import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const regexBorders: Rule = defineRule({
  id: 'regex-borders',
  code: 'AF9247',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const pattern = call.textAt(2)
      const regex = pattern === undefined ? undefined : regexOf(pattern)
      if (regex !== undefined && lopsidedAlternation(regex.ast))
        report(call.spanAt(2), { pattern: JSON.stringify(pattern) })
    }
  },
})
