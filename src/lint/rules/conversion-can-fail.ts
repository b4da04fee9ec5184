import { sourceOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { isListMisuse, isReferenceMisuse } from '../reported-failures.js'

const expected: Readonly<Record<string, string>> = {
  AF5001: 'it expects',
  AF5003: 'a single value',
  AF5008: 'text',
}

export const conversionCanFail: Rule = defineRule({
  id: 'conversion-can-fail',
  code: 'AF9237',
  scope: 'expression',
  rationale:
    'An evaluation error fails the whole object. An expression without such findings cannot fail in this way for objects that fit the schema.',
  bad: { expression: 'CDate([hireDate])', target: 'title' },
  good: { expression: 'Left([hireDate], 10)', target: 'title' },
  run(context, report) {
    if (context.environment.attributes === undefined) return
    for (const failure of context.analysis.failures) {
      if (isListMisuse(context, failure) || isReferenceMisuse(context, failure)) continue
      const { argument, code, function: name } = failure
      report(argument.span, {
        function: /\w/.test(name) ? name : `The comparison ${name}`,
        operand: sourceOf(context, argument),
        expected: code === 'AF5001' ? readsAs(name) : expected[code]!,
      })
    }
  },
})

const dates: ReadonlySet<string> = new Set(['CDate', 'DateAdd', 'DateDiff', 'FormatDateTime', 'NumFromDate'])

const readsAs = (name: string): string => {
  if (dates.has(name)) return 'a date'
  const others: Readonly<Record<string, string>> = {
    CBool: 'a Boolean',
    ConvertFromBase64: 'Base64',
    DNComponent: 'a distinguished name',
    StringFromSid: 'a SID',
  }
  return Object.hasOwn(others, name) ? others[name]! : 'an integer'
}
