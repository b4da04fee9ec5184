import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const rolesSyncAll: Rule = defineRule({
  id: 'roles-sync-all',
  code: 'AF9231',
  scope: 'expression',
  run(context, report) {
    const names = ['AppRoleAssignmentsComplex', 'AssertiveAppRoleAssignmentsComplex']
    for (const { node, definition } of callsOf(context, ...names))
      report(node.nameSpan, { function: definition.name })
  },
})
