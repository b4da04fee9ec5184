import { replaceFix } from '../../diagnostics/fix.js'
import { quoteString } from '../../syntax/print.js'
import { formatsOf } from '../date-format-calls.js'
import { defineRule, type Rule } from '../define.js'

export const formatBlanks: Rule = defineRule({
  id: 'format-blanks',
  code: 'AF9220',
  scope: 'expression',
  run(context, report) {
    for (const { node, format } of formatsOf(context)) {
      const where =
        format !== format.trim()
          ? 'at its ends'
          : /\s[-/.:]|[-/:]\s/.test(format)
            ? 'beside a separator'
            : undefined
      if (where === undefined) continue
      const text = quoteString(
        format
          .trim()
          .replace(/\s*([-/:])\s*/g, '$1')
          .replace(/\s+\./g, '.'),
      )
      const fix = replaceFix(`Write ${text}`, node.span.start, node.span.end, text, false)
      report(node.span, { format: JSON.stringify(format), where }, { fixes: [fix] })
    }
  },
})
