import { comparisonsOf, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const equalsEmpty: Rule = defineRule({
  id: 'equals-empty',
  code: 'AF9202',
  scope: 'expression',
  run(context, report) {
    if (context.environment.settings.nullComparison !== 'service') return
    for (const node of comparisonsOf(context)) {
      const literals = [node.left, node.right].filter(
        (side) => side.type === 'StringLiteral' && side.value === '',
      )
      if (node.operator === '=' && literals.length === 1)
        report(node.span, { comparison: sourceOf(context, node) })
    }
  },
})
