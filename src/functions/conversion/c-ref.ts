import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { textItself } from '../runtime/conversion.js'
import { textOfFirst } from '../transfer.js'

export const CRef: FunctionDefinition = defineFunction({
  name: 'CRef',
  family: 'conversion',
  parameters: [{ name: 'value', key: 'source', type: 'String', doc: 'The value.' }],
  returns: STRING,
  yields: textOfFirst,
  dialects: [],
  mapsOverLists: true,
  evaluate: textItself,
})

export const CRefDocumentation: FunctionDocumentation = {
  doc: 'Gives the value as a reference to another object.',
  phrases: ['the reference {value}'],
  notes: [
    { text: 'References are text here; the value does not change.', source: 'semantics' },
    {
      text: 'It is in examples of the cloud sync page, but not in its list.',
      source: 'cloud sync reference page',
    },
  ],
  examples: [
    {
      expression: 'CRef([dn])',
      input: { dn: 'CN=Ada,DC=example,DC=org' },
      result: 'CN=Ada,DC=example,DC=org',
    },
    { expression: 'CRef([dn])', input: { dn: null }, result: null },
    { expression: 'CRef([role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
