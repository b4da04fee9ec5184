import { replaceFix } from '../../diagnostics/fix.js'
import { regexOf } from '../../functions/transfer.js'
import { quoteString } from '../../syntax/print.js'
import { closest } from '../../text/suggest.js'
import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { writtenGroups } from '../patterns.js'

export const unknownGroup: Rule = defineRule({
  id: 'unknown-group',
  code: 'AF9213',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const pattern = call.textAt(2)
      const group = call.textAt(3)
      const regex = pattern === undefined ? undefined : regexOf(pattern)
      if (regex === undefined || group === undefined || regex.groupNames.includes(group)) continue
      const names = writtenGroups(regex)
      const near = closest(group, names)
      const { start, end } = call.spanAt(3)
      const fixes =
        near === undefined ? [] : [replaceFix(`Write "${near}"`, start, end, quoteString(near), false)]
      const groups = names.length === 0 ? 'none with a name' : names.join(', ')
      report({ start, end }, { group, groups }, { fixes })
    }
  },
})
