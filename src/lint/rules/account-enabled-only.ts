import { defineRule, type Rule } from '../define.js'
import { tellsStateByMapping } from './soft-delete-unmapped.js'

export const accountEnabledOnly: Rule = defineRule({
  id: 'account-enabled-only',
  code: 'AF9352',
  scope: 'objectMapping',
  rationale:
    'IsSoftDeleted also becomes true when a user leaves the scope or is unassigned; accountEnabled stays as it was, so the account stays enabled in the target.',
  bad: { expression: '[accountEnabled]', target: 'active', from: 'Microsoft Entra ID' },
  good: {
    expression: 'Switch([IsSoftDeleted], , "True", "False", "False", "True")',
    target: 'active',
    from: 'Microsoft Entra ID',
    definition: { type: 'Boolean' },
  },
  run({ objectMapping, ends, attributes }, report) {
    if (!tellsStateByMapping({ objectMapping, ends })) return
    const reads = (name: string): boolean =>
      attributes.some(({ expression }) => expression?.analyzed.attributes.includes(name) === true)
    if (reads('accountEnabled') && !reads('IsSoftDeleted')) report('attributeMappings', {})
  },
})
