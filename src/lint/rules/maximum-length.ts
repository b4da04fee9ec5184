import { maximumLengthOf } from '../../schema/metadata.js'
import { defineRule, type Rule } from '../define.js'

export const maximumLength: Rule = defineRule({
  id: 'maximum-length',
  code: 'AF9304',
  scope: 'mapping',
  run({ expression, mapping, target }, report) {
    const most = target && maximumLengthOf(target)
    const length = expression?.analysis.domain.maxLength ?? 0
    if (most === undefined || length <= most || length === Number.POSITIVE_INFINITY) return
    report('source', { target: mapping.targetAttributeName, most, length })
  },
})
