import { callsOf } from '../calls.js'
import { defineRule, type Rule } from '../define.js'

const common = { target: 'password', flowType: 'ObjectAddOnly' } as const

export const unredactedSecret: Rule = defineRule({
  id: 'unredacted-secret',
  code: 'AF9311',
  scope: 'mapping',
  rationale: 'Provisioning logs show old and new values to everyone who may read them.',
  bad: { ...common, expression: 'RandomString(16, 2, 2, 2, 2)' },
  good: { ...common, expression: 'Redact(RandomString(16, 2, 2, 2, 2))' },
  run({ expression, mapping }, report) {
    const name = mapping.targetAttributeName
    if (expression === undefined || !/(?:password|passwd|\bpwd|unicodePwd|secret|passphrase)$/i.test(name))
      return
    const isRedacted = callsOf(expression).some(({ definition }) => definition.redacts)
    if (!isRedacted) report('targetAttributeName', { target: name })
  },
})
