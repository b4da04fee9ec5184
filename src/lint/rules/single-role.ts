import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const singleRole: Rule = defineRule({
  id: 'single-role',
  code: 'AF9230',
  scope: 'expression',
  rationale: 'A user who gets a second role, directly or by a group, is no longer provisioned.',
  good: 'AppRoleAssignmentsComplex([appRoleAssignments])',
  run(context, report) {
    for (const { node, definition } of callsOf(context, 'SingleAppRoleAssignment'))
      report(node.nameSpan, { function: definition.name })
  },
})
