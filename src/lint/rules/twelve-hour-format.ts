import { hasLetters } from '../date-format.js'
import { formatsOf } from '../date-format-calls.js'
import { defineRule, type Rule } from '../define.js'

export const twelveHourFormat: Rule = defineRule({
  id: 'twelve-hour-format',
  code: 'AF9217',
  scope: 'expression',
  run(context, report) {
    for (const { node, format, pieces } of formatsOf(context)) {
      const hours = pieces.find(({ kind, text }) => kind === 'letters' && text.startsWith('h'))
      if (hours !== undefined && !hasLetters(pieces, 't'))
        report(node.span, { format: JSON.stringify(format), letters: hours.text })
    }
  },
})
