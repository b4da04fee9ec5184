import { callsOf, sourceOf, switchKeys } from '../calls.js'
import { defineRule, type Rule } from '../define.js'
import { leavesTail } from '../patterns.js'

export const partialSwitchSource: Rule = defineRule({
  id: 'partial-switch-source',
  code: 'AF9210',
  scope: 'expression',
  run(context, report) {
    for (const call of callsOf(context, 'Switch')) {
      const source = call.at(0)
      if (source?.type !== 'FunctionCall' || switchKeys(call).length === 0) continue
      const replace = callsOf(context, 'Replace').find(({ node }) => node === source)
      const pattern = replace?.textAt(2)
      const replacement = replace?.textAt(4)
      if (replace === undefined || pattern === undefined || replacement === undefined) continue
      const extracts = replace.at(3) === undefined && /^\$(?:\{\w+\}|\d)$/.test(replacement)
      const searched = replace.at(0)
      if (searched !== undefined && extracts && leavesTail(pattern))
        report(replace.spanAt(2), { source: sourceOf(context, searched) })
    }
  },
})
