import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const volatileFlow: Rule = defineRule({
  id: 'volatile-flow',
  code: 'AF9300',
  scope: 'mapping',
  rationale: 'Each change of the object gives it a new name, password or identifier.',
  bad: { expression: 'Join("-", [mailNickname], Guid())', target: 'nickName' },
  good: { expression: 'Join("-", [mailNickname], Guid())', target: 'nickName', flowType: 'ObjectAddOnly' },
  run({ expression, mapping, ends }, report) {
    if (expression === undefined || (mapping.flowType === 'ObjectAddOnly' && !ends.ignoresFlowTypes)) return
    for (const { node, definition } of callsOf(expression))
      if (definition.purity === 'volatile') report(node.span, { function: definition.name })
  },
})
