import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const expression = 'SelectUniqueValue(NormalizeDiacritics([givenName]), NormalizeDiacritics([surname]))'
const common = { expression, target: 'cn', flowType: 'ObjectAddOnly', directory: 'Active Directory' } as const

export const uniqueMatching: Rule = defineRule({
  id: 'unique-matching',
  code: 'AF9301',
  scope: 'mapping',
  rationale: 'An object that exists would be searched by a value that is free, and so never be found.',
  bad: { ...common, matchingPriority: 1 },
  good: common,
  run(context, report) {
    if (context.expression === undefined || context.mapping.matchingPriority <= 0) return
    for (const { node } of callsOf(context.expression, 'SelectUniqueValue'))
      report(node.nameSpan, { target: context.mapping.targetAttributeName })
  },
})
