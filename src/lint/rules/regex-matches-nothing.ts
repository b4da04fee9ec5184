import { isNullable } from '../../dotnet/regex/ast.js'
import { regexOf } from '../../functions/transfer.js'
import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { isAnchoredPattern } from '../patterns.js'

export const regexMatchesNothing: Rule = defineRule({
  id: 'regex-matches-nothing',
  code: 'AF9212',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Replace')) {
      const pattern = call.textAt(2)
      const replacement = call.textAt(4)
      if (pattern === undefined || replacement === undefined || call.at(3) !== undefined) continue
      const regex = regexOf(pattern)
      // A reference to a group inserts nothing if the group is empty.
      if (regex === undefined || replacement.replace(/\$(?:\{\w+\}|\d|&)/g, '') === '') continue
      if (isNullable(regex.ast) && !isAnchoredPattern(regex.ast))
        report(call.spanAt(2), {
          pattern: JSON.stringify(pattern),
          replacement: JSON.stringify(replacement),
        })
    }
  },
})
