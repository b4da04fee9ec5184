import { hasLetters } from '../date-format.js'
import { formatsOf } from '../date-format-calls.js'
import { defineRule, type Rule } from '../define.js'

export const monthMinuteFormat: Rule = defineRule({
  id: 'month-minute-format',
  code: 'AF9218',
  scope: 'expression',
  run(context, report) {
    for (const { node, format, pieces } of formatsOf(context)) {
      const shown = JSON.stringify(format)
      const minutes = pieces.find(({ text }) => text === 'mm' || text === 'm')
      if (minutes !== undefined && !hasLetters(pieces, 'hH') && hasLetters(pieces, 'yd'))
        report(node.span, { format: shown, letters: minutes.text, meaning: 'minutes', other: 'the month' })
      pieces.forEach(({ text }, index) => {
        const [before, colon] = [pieces[index - 2], pieces[index - 1]]
        if ((text === 'MM' || text === 'M') && colon?.text === ':' && /^[hH]+$/.test(before?.text ?? ''))
          report(node.span, { format: shown, letters: text, meaning: 'the month', other: 'minutes' })
      })
    }
  },
})
