import { defineRule, type Rule } from '../define.js'

const common = { expression: '[department]', target: 'nickName', defaultValue: 'none' } as const

export const defaultOnCreate: Rule = defineRule({
  id: 'default-on-create',
  code: 'AF9310',
  scope: 'mapping',
  rationale: 'Objects that existed before the mapping, or that lose the value later, stay as they are.',
  bad: common,
  good: { ...common, flowType: 'ObjectAddOnly' },
  run({ mapping, objectMapping, ends }, report) {
    if (mapping.source === null || (mapping.defaultValue ?? '') === '') return
    const isCreateOnly = mapping.flowType === 'ObjectAddOnly' && !ends.ignoresFlowTypes
    if (!isCreateOnly && objectMapping.flowTypes.includes('Update'))
      report('defaultValue', { target: mapping.targetAttributeName })
  },
})
