import { ANY, LIST, overlaps, within } from '../../values/static-type.js'
import { defineRule, type Rule } from '../define.js'

const attributes = { proxyAddresses: { multivalued: true } } as const

export const listForSingle: Rule = defineRule({
  id: 'list-for-single',
  code: 'AF9305',
  scope: 'mapping',
  rationale: 'An object with two values fails with SchemaPropertyCanOnlyAcceptValue.',
  bad: { expression: '[proxyAddresses]', target: 'nickName', attributes },
  good: { expression: 'Join(";", [proxyAddresses])', target: 'nickName', attributes },
  run({ expression, mapping, target }, report) {
    if (expression === undefined || target === undefined || target.multivalued) return
    const { kinds } = expression.analysis.domain
    // Without a definition an attribute can be anything, and nothing is known.
    if (overlaps(kinds, LIST) && !within(ANY, kinds))
      report('source', { target: mapping.targetAttributeName })
  },
})
