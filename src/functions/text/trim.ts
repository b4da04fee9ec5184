import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { trim } from '../runtime/text.js'
import { partOfFirst } from '../transfer.js'

export const Trim: FunctionDefinition = defineFunction({
  name: 'Trim',
  family: 'text',
  parameters: [{ name: 'source', type: 'String', doc: 'The text.' }],
  returns: STRING,
  yields: (args) => ({ ...partOfFirst(args), trimmed: true }),
  dialects: ['cloud-sync'],
  mapsOverLists: true,
  evaluate: trim,
})

export const TrimDocumentation: FunctionDocumentation = {
  doc: 'Removes the white space at both ends.',
  phrases: ['{source} without white space at its ends'],
  notes: [
    { text: 'White space is that of .NET, including the no-break space.', source: '.NET' },
    { text: 'A list is trimmed value by value.', source: 'cloud sync reference page' },
  ],
  examples: [
    { expression: 'Trim([title])', input: { title: '  Engineer ' }, result: 'Engineer' },
    { expression: 'Trim([proxyAddresses])', input: { proxyAddresses: [' a ', 'b '] }, result: ['a', 'b'] },
    { expression: 'Trim([title])', input: { title: null }, result: null },
    { expression: 'Trim([role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
