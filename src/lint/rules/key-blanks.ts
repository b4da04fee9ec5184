import { replaceFix } from '../../diagnostics/fix.js'
import { quoteString } from '../../syntax/print.js'
import { callsOf, switchKeys } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const keyBlanks: Rule = defineRule({
  id: 'key-blanks',
  code: 'AF9207',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Switch')) {
      for (const { key } of switchKeys(call)) {
        if (key.type !== 'StringLiteral' || key.value.trim() === key.value || key.value.trim() === '')
          continue
        const text = quoteString(key.value.trim())
        const fix = replaceFix(`Write ${text}`, key.span.start, key.span.end, text, false)
        report(key.span, { key: JSON.stringify(key.value) }, { fixes: [fix] })
      }
    }
  },
})
