import { NULL, overlaps } from '../../values/static-type.js'
import { comparisonsOf, domainOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { whyNeverEqual } from '../equality.js'

export const constantComparison: Rule = defineRule({
  id: 'constant-comparison',
  code: 'AF9233',
  scope: 'expression',
  run(context, report) {
    for (const node of comparisonsOf(context)) {
      if (node.operator !== '=' && node.operator !== '<>') continue
      const [left, right] = [domainOf(context, node.left), domainOf(context, node.right)]
      const why = (value: typeof left, constant: typeof left): string | undefined => {
        const [text, more] = constant?.texts ?? []
        if (
          value === undefined ||
          constant === undefined ||
          text === undefined ||
          text === '' ||
          more !== undefined
        )
          return undefined
        return overlaps(constant.kinds, NULL) ? undefined : whyNeverEqual(value, text)
      }
      const reason = why(left, right) ?? why(right, left)
      if (reason === undefined) continue
      const always = node.operator === '=' ? 'never true' : 'true for every value'
      report(node.span, { comparison: sourceOf(context, node), always, reason })
    }
  },
})
