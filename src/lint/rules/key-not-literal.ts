import { callsOf, readsAttribute, sourceOf, switchKeys } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const keyNotLiteral: Rule = defineRule({
  id: 'key-not-literal',
  code: 'AF9208',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Switch')) {
      for (const { key } of switchKeys(call))
        if (readsAttribute(key)) report(key.span, { key: sourceOf(context, key) })
    }
  },
})
