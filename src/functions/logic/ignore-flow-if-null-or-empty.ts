import { IGNORE_ATTRIBUTE, NULL } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
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
  evaluate: ignoreFlowIfNullOrEmpty,
})

export const IgnoreFlowIfNullOrEmptyDocumentation: FunctionDocumentation = {
  doc: 'Gives the value; without one, the attribute does not flow.',
  phrases: ['{expression}, or no flow at all when it has no value'],
  notes: [
    {
      text: 'Unlike with a null result, the default value of the mapping does not flow either.',
      source: 'semantics 30',
    },
    { text: 'Inside another function, it is the outcome of the whole expression.', source: 'semantics 14' },
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
}
