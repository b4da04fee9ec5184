import { isActiveDirectory } from '../../mapping/attribute-rules.js'
import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const expression = 'SelectUniqueValue(NormalizeDiacritics([givenName]), NormalizeDiacritics([surname]))'
const common = { expression, target: 'nickName', flowType: 'ObjectAddOnly' } as const

export const uniqueTarget: Rule = defineRule({
  id: 'unique-target',
  code: 'AF9303',
  scope: 'mapping',
  rationale: 'Other connectors cannot look a candidate up.',
  bad: common,
  good: { ...common, directory: 'Active Directory' },
  run({ expression: context, rule }, report) {
    if (context === undefined || isActiveDirectory(rule.targetDirectoryName)) return
    for (const { node } of callsOf(context, 'SelectUniqueValue'))
      report(node.nameSpan, { directory: rule.targetDirectoryName })
  },
})
