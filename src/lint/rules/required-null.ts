import { mayBeMissing } from '../../functions/domain.js'
import { defineRule, type Rule } from '../define.js'

export const requiredNull: Rule = defineRule({
  id: 'required-null',
  code: 'AF9309',
  scope: 'mapping',
  run({ expression, mapping, objectMapping, target }, report) {
    if (expression === undefined || target?.required !== true || !objectMapping.flowTypes.includes('Add'))
      return
    if ((mapping.defaultValue ?? '') !== '' || (target.defaultValue ?? '') !== '') return
    if (mayBeMissing(expression.analysis.domain))
      report('targetAttributeName', { target: mapping.targetAttributeName })
  },
})
