import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { left } from '../runtime/text.js'
import { partOfLength } from '../transfer.js'

export const Left: FunctionDefinition = defineFunction({
  name: 'Left',
  family: 'text',
  parameters: [
    { name: 'source', type: 'String', acceptsNull: true, doc: 'The text.' },
    { name: 'length', type: 'Integer', doc: 'How many characters.' },
  ],
  returns: STRING,
  yields: partOfLength(1),
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  evaluate: left,
})

export const LeftDocumentation: FunctionDocumentation = {
  doc: 'Gives the first characters of a text.',
  phrases: ['the first {length:character} of {source}'],
  notes: [
    { text: 'Null gives "", and a negative length gives the whole text.', source: 'reference page' },
    { text: 'Characters are UTF-16 units, so a pair of surrogates can be cut in two.', source: '.NET' },
  ],
  examples: [
    { expression: 'Left([displayName], 3)', input: { displayName: 'Ada Berg' }, result: 'Ada' },
    { expression: 'Left([displayName], 3)', input: { displayName: null }, result: '' },
    { expression: 'Left([displayName], -1)', input: { displayName: 'Ada' }, result: 'Ada' },
    {
      expression: 'Left([displayName], [count])',
      input: { displayName: 'Ada', count: 'three' },
      error: 'AF5001',
    },
  ],
}
