import { replaceFix } from '../../diagnostics/fix.js'
import { stringsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const quotedAttribute: Rule = defineRule({
  id: 'quoted-attribute',
  code: 'AF9242',
  scope: 'expression',
  run(context, report) {
    for (const { span, value } of stringsOf(context)) {
      if (!/^\[[A-Za-z][\w.-]*\]$/.test(value)) continue
      const fix = replaceFix(`Write ${value}`, span.start, span.end, value, false)
      report(span, { text: JSON.stringify(value) }, { fixes: [fix] })
    }
  },
})
