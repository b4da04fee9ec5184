import { defineRule, type Rule } from '../define.js'

export const softDeleteUnmapped: Rule = defineRule({
  id: 'soft-delete-unmapped',
  code: 'AF9350',
  scope: 'objectMapping',
  rationale:
    'The service tells the target about a user who is disabled, deleted or out of scope through this attribute alone.',
  bad: { expression: '[mail]', target: 'userName', from: 'Microsoft Entra ID' },
  good: {
    expression: 'Switch([IsSoftDeleted], , "True", "False", "False", "True")',
    target: 'active',
    from: 'Microsoft Entra ID',
    definition: { type: 'Boolean' },
  },
  run({ objectMapping, ends, attributes }, report) {
    if (!ends.sourceIsEntra || !ends.supportsSoftDelete || !/^user$/i.test(objectMapping.sourceObjectName))
      return
    if (!objectMapping.flowTypes.includes('Update')) return
    const reads = attributes.flatMap(({ expression }) => expression?.analyzed.attributes ?? [])
    if (!reads.includes('IsSoftDeleted') && !reads.includes('accountEnabled')) report('attributeMappings', {})
  },
})
