import { replaceFix } from '../../diagnostics/fix.js'
import { callsOf, readsAttribute, sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const joinSeparator: Rule = defineRule({
  id: 'join-separator',
  code: 'AF9200',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Join')) {
      const separator = call.at(0)
      if (separator === undefined || !readsAttribute(separator)) continue
      const only = call.node.arguments.length === 2 ? call.at(1) : undefined
      const { start } = separator.span
      const fix =
        only?.type === 'StringLiteral'
          ? {
              title: 'Put the separator first',
              edits: [
                { span: separator.span, text: sourceOf(context, only) },
                { span: only.span, text: sourceOf(context, separator) },
              ],
              safe: false,
            }
          : replaceFix('Insert "" as the separator', start, start, '"", ', false)
      report(separator.span, { separator: sourceOf(context, separator) }, { fixes: [fix] })
    }
  },
})
