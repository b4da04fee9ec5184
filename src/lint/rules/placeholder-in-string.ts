import { stringsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const placeholderInString: Rule = defineRule({
  id: 'placeholder-in-string',
  code: 'AF9228',
  scope: 'expression',
  run(context, report) {
    for (const { span, value } of stringsOf(context)) {
      const [placeholder] = /%(?:Domain|Forest|Param)[A-Za-z.]*%/i.exec(value) ?? []
      if (placeholder !== undefined) report(span, { placeholder })
    }
  },
})
