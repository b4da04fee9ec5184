import { mayBeMissing } from '../../functions/domain.js'
import { defineRule, type Rule } from '../define.js'

const definition = { required: true } as const

export const requiredNull: Rule = defineRule({
  id: 'required-null',
  code: 'AF9309',
  scope: 'mapping',
  rationale:
    'The service does not create an object without its required attributes, and tries again at each cycle.',
  bad: { expression: '[givenName]', target: 'nickName', definition },
  good: { expression: 'Coalesce([givenName], "-")', target: 'nickName', definition },
  run({ expression, mapping, objectMapping, target }, report) {
    if (expression === undefined || target?.required !== true || !objectMapping.flowTypes.includes('Add'))
      return
    if ((mapping.defaultValue ?? '') !== '' || (target.defaultValue ?? '') !== '') return
    if (mayBeMissing(expression.analysis.domain))
      report('targetAttributeName', { target: mapping.targetAttributeName })
  },
})
