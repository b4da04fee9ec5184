import { defineRule, type Rule } from '../define.js'

export const defaultOnCreate: Rule = defineRule({
  id: 'default-on-create',
  code: 'AF9310',
  scope: 'mapping',
  run({ mapping, objectMapping, ends }, report) {
    if (mapping.source === null || (mapping.defaultValue ?? '') === '') return
    const isCreateOnly = mapping.flowType === 'ObjectAddOnly' && !ends.ignoresFlowTypes
    if (!isCreateOnly && objectMapping.flowTypes.includes('Update'))
      report('defaultValue', { target: mapping.targetAttributeName })
  },
})
