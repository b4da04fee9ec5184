import { IGNORE_ATTRIBUTE, NULL } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition } from '../define.js'
import { presentOnly } from '../domain.js'
import { ignoreFlowIfNullOrEmpty } from '../runtime/logic.js'

export const IgnoreFlowIfNullOrEmpty: FunctionDefinition = defineFunction({
  name: 'IgnoreFlowIfNullOrEmpty',
  family: 'logic',
  parameters: [{ name: 'expression', key: 'source', type: 'Any', acceptsNull: true, doc: 'The value.' }],
  returns: ([value = 0]) => (value & ~NULL) | IGNORE_ATTRIBUTE,
  passesOn: (source) => {
    const present = presentOnly(source)
    return { ...present, kinds: present.kinds | IGNORE_ATTRIBUTE }
  },
  dialects: ['provisioning', 'cloud-sync'],
  doc: 'Gives the value, or keeps the attribute from flowing when there is none.',
  phrases: ['{expression}, or no flow at all when it has no value'],
  notes: [
    {
      text: 'Unlike a null result, it keeps the default value of the mapping from flowing, too.',
      source: 'semantics 30',
    },
    { text: 'Inside another function, the whole expression has this outcome.', source: 'semantics 14' },
  ],
  examples: [
    { expression: 'IgnoreFlowIfNullOrEmpty([jobTitle])', input: { jobTitle: 'Sales' }, result: 'Sales' },
    {
      expression: 'IgnoreFlowIfNullOrEmpty([jobTitle])',
      input: { jobTitle: null },
      marker: 'ignoreAttribute',
    },
    {
      expression: 'IgnoreFlowIfNullOrEmpty([jobTitle])',
      input: { jobTitle: '' },
      marker: 'ignoreAttribute',
    },
  ],
  evaluate: ignoreFlowIfNullOrEmpty,
})
