import { defineRule, type ObjectMappingContext, type Rule } from '../define.js'

/** Whether the target learns only from a mapping that a user is disabled or out of scope. */
export const tellsStateByMapping = ({
  objectMapping,
  ends,
}: Pick<ObjectMappingContext, 'objectMapping' | 'ends'>): boolean =>
  ends.sourceIsEntra &&
  ends.supportsSoftDelete &&
  /^user$/i.test(objectMapping.sourceObjectName) &&
  objectMapping.flowTypes.includes('Update')

export const softDeleteUnmapped: Rule = defineRule({
  id: 'soft-delete-unmapped',
  code: 'AF9350',
  scope: 'objectMapping',
  run({ objectMapping, ends, attributes }, report) {
    if (!tellsStateByMapping({ objectMapping, ends })) return
    // A mapping without attributes has a more serious fault, which is reported separately.
    if (attributes.length === 0) return
    const reads = attributes.flatMap(({ expression }) => expression?.analyzed.attributes ?? [])
    if (!reads.includes('IsSoftDeleted') && !reads.includes('accountEnabled')) report('attributeMappings', {})
  },
})
