import { replaceFix } from '../../diagnostics/fix.js'
import { quoteString } from '../../syntax/print.js'
import { stringsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': ' ',
}

export const htmlEntity: Rule = defineRule({
  id: 'html-entity',
  code: 'AF9227',
  scope: 'expression',
  run(context, report) {
    for (const { span, value } of stringsOf(context)) {
      const [entity] = /&(?:amp|lt|gt|quot|apos|nbsp|#39);/.exec(value) ?? []
      if (entity === undefined) continue
      const text = quoteString(
        value.replace(/&(?:amp|lt|gt|quot|apos|nbsp|#39);/g, (one) => characters[one] ?? one),
      )
      report(span, { entity }, { fixes: [replaceFix(`Write ${text}`, span.start, span.end, text, false)] })
    }
  },
})
