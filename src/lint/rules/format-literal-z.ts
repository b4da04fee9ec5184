import { callsOf } from '../calls.js'
import { formatPieces } from '../date-format.js'
import { defineRule, type Rule } from '../define.js'

export const formatLiteralZ: Rule = defineRule({
  id: 'format-literal-z',
  code: 'AF9221',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'FormatDateTime')) {
      const format = call.textAt(3)
      if (format === undefined || /universal/i.test(call.textAt(1) ?? '')) continue
      if (formatPieces(format).some(({ text }) => text === 'Z'))
        report(call.spanAt(3), { format: JSON.stringify(format) })
    }
  },
})
