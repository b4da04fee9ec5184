import { mayBeMissing } from '../../functions/domain.js'
import { defineRule, type Rule } from '../define.js'

export const matchingNull: Rule = defineRule({
  id: 'matching-null',
  code: 'AF9351',
  scope: 'objectMapping',
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
