import { switchText } from '../../values/compare.js'
import { callsOf, switchKeys } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const duplicateKey: Rule = defineRule({
  id: 'duplicate-key',
  code: 'AF9205',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Switch')) {
      const seen = new Set<string>()
      for (const { key, index } of switchKeys(call)) {
        if (key.type !== 'StringLiteral' && key.type !== 'IntegerLiteral') continue
        const text = switchText(key.type === 'StringLiteral' ? key.value : key.value)
        const value = call.node.arguments[index + 1]
        const before = call.node.arguments[index - 1]
        if (seen.has(text) && value !== undefined && before !== undefined) {
          const span = { start: before.span.end, end: value.span.end }
          const fix = { title: 'Remove the key and its value', edits: [{ span, text: '' }], safe: true }
          // A blank value could become the last argument, where it is ignored.
          const isSafe = call.node.arguments.slice(2).every(({ type }) => type !== 'OmittedArgument')
          report(key.span, { key: JSON.stringify(text) }, { fixes: isSafe ? [fix] : [] })
        }
        seen.add(text)
      }
    }
  },
})
