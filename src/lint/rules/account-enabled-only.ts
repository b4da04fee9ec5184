import { defineRule, type Rule } from '../define.js'
import { tellsStateByMapping } from './soft-delete-unmapped.js'

export const accountEnabledOnly: Rule = defineRule({
  id: 'account-enabled-only',
  code: 'AF9352',
  scope: 'objectMapping',
  run({ objectMapping, ends, attributes }, report) {
    if (!tellsStateByMapping({ objectMapping, ends })) return
    const reads = (name: string): boolean =>
      attributes.some(({ expression }) => expression?.analyzed.attributes.includes(name) === true)
    if (reads('accountEnabled') && !reads('IsSoftDeleted')) report('attributeMappings', {})
  },
})
