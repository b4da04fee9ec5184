import { calls, callsOf, readsAttribute, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const uniqueDiacritics: Rule = defineRule({
  id: 'unique-diacritics',
  code: 'AF9226',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'SelectUniqueValue')) {
      for (const candidate of call.node.arguments) {
        if (candidate.type === 'OmittedArgument' || !readsAttribute(candidate)) continue
        if (!calls(context, candidate, 'NormalizeDiacritics'))
          report(candidate.span, { candidate: sourceOf(context, candidate) })
      }
    }
  },
})
