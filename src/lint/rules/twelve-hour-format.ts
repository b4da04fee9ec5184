import { hasLetters } from '../date-format.js'
import { formatsOf } from '../date-format-calls.js'
import { defineRule, type Rule } from '../define.js'

export const twelveHourFormat: Rule = defineRule({
  id: 'twelve-hour-format',
  code: 'AF9217',
  scope: 'expression',
  rationale: 'hh is 01 to 12: written without tt nobody can tell 3 a.m. from 3 p.m., and 15 cannot be read.',
  good: 'FormatDateTime([hireDate], , "yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm")',
  run(context, report) {
    for (const { node, format, pieces } of formatsOf(context)) {
      const hours = pieces.find(({ kind, text }) => kind === 'letters' && text.startsWith('h'))
      if (hours !== undefined && !hasLetters(pieces, 't'))
        report(node.span, { format: JSON.stringify(format), letters: hours.text })
    }
  },
})
