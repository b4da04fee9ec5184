import { replaceFix } from '../../diagnostics/fix.js'
import { NULL, overlaps } from '../../values/static-type.js'
import { callsOf, domainOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

/** Target attributes by which an account is switched off. */
const disables = /(?:disabled|inactive|locked|suspended)$/i

export const notAbsent: Rule = defineRule({
  id: 'not-absent',
  code: 'AF9313',
  scope: 'mapping',
  run({ expression, mapping }, report) {
    if (expression === undefined || !disables.test(mapping.targetAttributeName)) return
    for (const call of callsOf(expression, 'Not')) {
      const operand = call.at(0)
      if (operand?.type !== 'AttributeReference') continue
      const domain = domainOf(expression, operand)
      if (domain === undefined || !overlaps(domain.kinds, NULL)) continue
      const { start, end } = operand.span
      const text = `Coalesce([${operand.name}], "True")`
      const args = { target: mapping.targetAttributeName, operand: sourceOf(expression, operand) }
      const fix = replaceFix(`Write ${text}, which leaves such an account enabled`, start, end, text, false)
      report(call.node.span, args, { fixes: [fix] })
    }
  },
})
