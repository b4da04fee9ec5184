import type { Domain } from '../../functions/domain.js'
import { integerFromText } from '../../values/convert.js'
import { BOOLEAN, DATETIME, NULL, overlaps, STRING, within } from '../../values/static-type.js'
import { comparisonsOf, domainOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

/** Whether no value of the domain is an integer, in number or text form. */
const isNeverInteger = ({ kinds, texts }: Domain): boolean =>
  texts !== undefined
    ? texts.size > 0 && [...texts].every((text) => integerFromText(text) === undefined)
    : within(kinds, BOOLEAN | DATETIME | NULL)

export const ordinalOrder: Rule = defineRule({
  id: 'ordinal-order',
  code: 'AF9224',
  scope: 'expression',
  run(context, report) {
    for (const node of comparisonsOf(context)) {
      if (node.operator === '=' || node.operator === '<>') continue
      const sides = [node.left, node.right].map((side) => [side, domainOf(context, side)] as const)
      const areDates = sides.every(
        ([, domain]) => domain !== undefined && within(domain.kinds, DATETIME | NULL),
      )
      const found = sides.find(([, domain]) => domain !== undefined && isNeverInteger(domain))
      if (areDates || found === undefined || !sides.some(([, d]) => overlaps(d?.kinds ?? 0, STRING))) continue
      report(node.span, { operator: node.operator, operand: sourceOf(context, found[0]) })
    }
  },
})
