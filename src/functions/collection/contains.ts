import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { integerDomain } from '../domain.js'
import { contains } from '../runtime/collection.js'

export const Contains: FunctionDefinition = defineFunction({
  name: 'Contains',
  family: 'collection',
  parameters: [
    { name: 'source', type: 'Any', takesLists: true, doc: 'The values.' },
    { name: 'search', type: 'String', doc: 'The text to find.' },
  ],
  returns: INTEGER,
  yields: () => integerDomain(0, Number.POSITIVE_INFINITY),
  dialects: [],
  evaluate: contains,
})

export const ContainsDocumentation: FunctionDocumentation = {
  doc: 'Gives the position, counted from 1, of the first value that contains a text; 0 if none does.',
  phrases: ['the position of the first element of {source} that contains {search}'],
  notes: [
    { text: 'Case matters. The text may be any part of the value.', source: 'semantics 19' },
    {
      text: 'It is in examples of the cloud sync page, but not in its list.',
      source: 'cloud sync reference page',
    },
  ],
  examples: [
    {
      expression: 'Contains([proxyAddresses], "SMTP:")',
      input: { proxyAddresses: ['smtp:b@example.org', 'SMTP:a@example.org'] },
      result: 2,
    },
    {
      expression: 'Contains([proxyAddresses], "X500:")',
      input: { proxyAddresses: ['smtp:b@example.org'] },
      result: 0,
    },
    { expression: 'Contains([proxyAddresses], "SMTP:")', input: { proxyAddresses: null }, result: null },
    { expression: 'Contains([role], "x")', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
