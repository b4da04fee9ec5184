import { type Parameter, takesDate } from '../../functions/define.js'
import { sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { isListMisuse, isReferenceMisuse } from '../reported-failures.js'

const expected = { AF5003: 'a single value', AF5008: 'text' }

export const conversionCanFail: Rule = defineRule({
  id: 'conversion-can-fail',
  code: 'AF9237',
  scope: 'expression',
  run(context, report) {
    if (context.environment.attributes === undefined) return
    for (const failure of context.analysis.failures) {
      if (isListMisuse(context, failure) || isReferenceMisuse(context, failure)) continue
      const { argument, code, function: name, parameter } = failure
      report(argument.span, {
        function: /\w/.test(name) ? name : `The comparison ${name}`,
        operand: sourceOf(context, argument),
        expected: code === 'AF5001' ? readsAs(parameter) : expected[code],
      })
    }
  },
})

/** The values that a parameter accepts, in words. */
const readsAs = (parameter: Parameter | undefined): string => {
  if (parameter?.form !== undefined) return parameter.form
  if (parameter !== undefined && takesDate(parameter)) return 'a date'
  return parameter?.reads === 'boolean' ? 'a Boolean' : 'an integer'
}
