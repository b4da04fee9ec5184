import { visit } from '../../syntax/walk.js'
import { defineRule, type Rule } from '../define.js'

export const nullConstant: Rule = defineRule({
  id: 'null-constant',
  code: 'AF9001',
  scope: 'expression',
  run({ analyzed }, report) {
    visit(analyzed.expression, (node) => {
      if (node.type === 'Name' && node.name === 'NULL') report(node.span, {})
    })
  },
})
