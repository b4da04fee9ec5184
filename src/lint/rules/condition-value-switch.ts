import { BOOLEAN } from '../../values/static-type.js'
import { callsOf, switchKeys } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const conditionValueSwitch: Rule = defineRule({
  id: 'condition-value-switch',
  code: 'AF9209',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Switch')) {
      const isCondition = (node: ReturnType<typeof call.at>): boolean =>
        node?.type === 'Comparison' ||
        (node?.type === 'FunctionCall' && context.analyzed.calls.get(node)?.definition.returns === BOOLEAN)
      if (isCondition(call.at(0)) && switchKeys(call).some(({ key }) => isCondition(key)))
        report(call.node.nameSpan, {})
    }
  },
})
