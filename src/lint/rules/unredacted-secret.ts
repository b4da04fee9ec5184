import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

export const unredactedSecret: Rule = defineRule({
  id: 'unredacted-secret',
  code: 'AF9311',
  scope: 'mapping',
  run({ expression, mapping }, report) {
    const name = mapping.targetAttributeName
    if (expression === undefined || !/(?:password|passwd|\bpwd|unicodePwd|secret|passphrase)$/i.test(name))
      return
    const isRedacted = callsOf(expression).some(({ definition }) => definition.redacts)
    if (!isRedacted) report('targetAttributeName', { target: name })
  },
})
