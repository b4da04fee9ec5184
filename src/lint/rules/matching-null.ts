import { mayBeMissing } from '../../functions/domain.js'
import { defineRule, type Rule } from '../define.js'

export const matchingNull: Rule = defineRule({
  id: 'matching-null',
  code: 'AF9351',
  scope: 'objectMapping',
  rationale: 'Objects without a value to match by are skipped (ImportSkipped) before the scope is looked at.',
  bad: { expression: '[employeeId]', target: 'userName', matchingPriority: 1 },
  good: {
    expression: '[userPrincipalName]',
    target: 'userName',
    matchingPriority: 1,
    attributes: { userPrincipalName: { required: true } },
  },
  run({ attributes }, report) {
    const matching = attributes.filter(({ mapping }) => mapping.matchingPriority > 0)
    const isUnsafe = matching.every(
      ({ expression }) => expression !== undefined && mayBeMissing(expression.analysis.domain),
    )
    if (matching.length === 0 || !isUnsafe) return
    report('attributeMappings', {
      targets: matching.map(({ mapping }) => mapping.targetAttributeName).join(', '),
    })
  },
})
