import { formatsOf } from '../date-format-calls.js'
import { defineRule, type Rule } from '../define.js'

export const formatLetters: Rule = defineRule({
  id: 'format-letters',
  code: 'AF9219',
  scope: 'expression',
  run(context, report) {
    for (const { node, format, pieces } of formatsOf(context)) {
      // T and Z are literal in ISO 8601.
      const unknown = pieces.find(({ kind, text }) => kind === 'letters' && !/^[dfFghHKmMstyzTZ]/.test(text))
      if (unknown !== undefined) report(node.span, { format: JSON.stringify(format), letters: unknown.text })
    }
  },
})
