import { isActiveDirectory } from '../../mapping/attribute-rules.js'
import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const uniqueTarget: Rule = defineRule({
  id: 'unique-target',
  code: 'AF9303',
  scope: 'mapping',
  run({ expression: context, rule }, report) {
    if (context === undefined || isActiveDirectory(rule.targetDirectoryName)) return
    for (const { node } of callsOf(context, 'SelectUniqueValue'))
      report(node.nameSpan, { directory: rule.targetDirectoryName })
  },
})
