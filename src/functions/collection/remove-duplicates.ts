import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { removeDuplicates } from '../runtime/collection.js'

export const RemoveDuplicates: FunctionDefinition = defineFunction({
  name: 'RemoveDuplicates',
  family: 'collection',
  parameters: [{ name: 'attribute', key: 'source', type: 'Any', doc: 'The values.' }],
  returns: ([values = 0]) => values,
  passesOn: (source) => source,
  dialects: ['provisioning', 'cloud-sync'],
  evaluate: removeDuplicates,
})

export const RemoveDuplicatesDocumentation: FunctionDocumentation = {
  doc: 'Gives each of several values once, in their order.',
  phrases: ['{attribute}, each value once'],
  notes: [
    {
      text: 'The first of several equal values stays. Values are compared as text, and case matters.',
      source: 'semantics 19',
    },
  ],
  examples: [
    {
      expression: 'RemoveDuplicates([otherMails])',
      input: { otherMails: ['a', 'b', 'a'] },
      result: ['a', 'b'],
    },
    {
      expression: 'RemoveDuplicates([otherMails])',
      input: { otherMails: ['a', 'A'] },
      result: ['a', 'A'],
    },
    { expression: 'RemoveDuplicates([otherMails])', input: { otherMails: null }, result: null },
  ],
}
