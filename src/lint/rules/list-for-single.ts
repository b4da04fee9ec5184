import { ANY, LIST, overlaps, within } from '../../values/static-type.js'
import { defineRule, type Rule } from '../define.js'

export const listForSingle: Rule = defineRule({
  id: 'list-for-single',
  code: 'AF9305',
  scope: 'mapping',
  run({ expression, mapping, target }, report) {
    if (expression === undefined || target === undefined || target.multivalued) return
    const { kinds } = expression.analysis.domain
    // Without a definition, an attribute can have any value.
    if (overlaps(kinds, LIST) && !within(ANY, kinds))
      report('source', { target: mapping.targetAttributeName })
  },
})
