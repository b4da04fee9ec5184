import { calls, callsOf, readsAttribute, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const unescapedDn: Rule = defineRule({
  id: 'unescaped-dn',
  code: 'AF9238',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Join', 'Append', 'Prepend')) {
      call.node.arguments.forEach((part, index, parts) => {
        const before = parts[index - 1]
        if (part.type === 'OmittedArgument' || before?.type !== 'StringLiteral') return
        if (!/(?:^|,)\s*(?:CN|OU|UID)=$/i.test(before.value) || !readsAttribute(part)) return
        // A value chosen from literals is as safe as the literals.
        if (calls(context, part, 'Replace', 'Switch', 'IIF', 'Guid')) return
        report(part.span, { part: sourceOf(context, part) })
      })
    }
  },
})
