import { maximumLengthOf } from '../../schema/metadata.js'
import { defineRule, type Rule } from '../define.js'

const definition = { metadata: [{ key: 'MaximumLength', value: '20' }] }

export const maximumLength: Rule = defineRule({
  id: 'maximum-length',
  code: 'AF9304',
  scope: 'mapping',
  rationale: 'The target refuses a longer value, and the object fails.',
  bad: { expression: 'Join("", "x-", Left([mail], 30))', target: 'nickName', definition },
  good: { expression: 'Join("", "x-", Left([mail], 18))', target: 'nickName', definition },
  run({ expression, mapping, target }, report) {
    const most = target && maximumLengthOf(target)
    const length = expression?.analysis.domain.maxLength ?? 0
    if (most === undefined || length <= most || length === Number.POSITIVE_INFINITY) return
    report('source', { target: mapping.targetAttributeName, most, length })
  },
})
