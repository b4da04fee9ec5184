import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const expression = 'SelectUniqueValue(NormalizeDiacritics([givenName]), NormalizeDiacritics([surname]))'
const common = { expression, target: 'cn', directory: 'Active Directory' } as const

export const uniqueAlways: Rule = defineRule({
  id: 'unique-always',
  code: 'AF9302',
  scope: 'mapping',
  rationale: 'On an update the name of the object itself is taken, so the next candidate would replace it.',
  bad: common,
  good: { ...common, flowType: 'ObjectAddOnly' },
  run({ expression: context, mapping }, report) {
    if (context === undefined || mapping.flowType === 'ObjectAddOnly') return
    for (const { node } of callsOf(context, 'SelectUniqueValue')) report(node.nameSpan, {})
  },
})
