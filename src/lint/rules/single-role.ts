import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const singleRole: Rule = defineRule({
  id: 'single-role',
  code: 'AF9230',
  scope: 'expression',
  run(context, report) {
    for (const { node, definition } of callsOf(context, 'SingleAppRoleAssignment'))
      report(node.nameSpan, { function: definition.name })
  },
})
