import { regexOf } from '../../functions/transfer.js'
import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const unknownReplacementGroup: Rule = defineRule({
  id: 'unknown-replacement-group',
  code: 'AF9214',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const pattern = call.textAt(2)
      const replacement = call.textAt(4)
      const regex = pattern === undefined ? undefined : regexOf(pattern)
      if (regex === undefined || replacement === undefined || call.at(3) !== undefined) continue
      for (const match of replacement.replaceAll('$$', '  ').matchAll(/\$(?:\{(\w+)\}|(\d+))/g)) {
        const [reference, inBraces, digits = ''] = match
        const group = inBraces ?? digits
        // $12 is group 1 followed by 2 if there is no group 12.
        const isKnown =
          regex.groupNames.includes(group) || (digits !== '' && regex.groupNames.includes(digits.charAt(0)))
        if (!isKnown) report(call.spanAt(4), { group, reference })
      }
    }
  },
})
