import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const volatileFlow: Rule = defineRule({
  id: 'volatile-flow',
  code: 'AF9300',
  scope: 'mapping',
  run({ expression, mapping, ends }, report) {
    if (expression === undefined || (mapping.flowType === 'ObjectAddOnly' && !ends.ignoresFlowTypes)) return
    for (const { node, definition } of callsOf(expression))
      if (definition.purity === 'volatile') report(node.span, { function: definition.name })
  },
})
