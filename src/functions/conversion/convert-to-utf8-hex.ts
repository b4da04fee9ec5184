import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { convertToUtf8Hex } from '../runtime/encoding.js'

export const ConvertToUTF8Hex: FunctionDefinition = defineFunction({
  name: 'ConvertToUTF8Hex',
  family: 'conversion',
  parameters: [{ name: 'source', type: 'String', doc: 'The text.' }],
  returns: STRING,
  yields: () => ({ ascii: true, upper: true, trimmed: true }),
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5012'],
  evaluate: convertToUtf8Hex,
})

export const ConvertToUTF8HexDocumentation: FunctionDocumentation = {
  doc: 'Gives the bytes of the text in UTF-8, as hexadecimal digits.',
  phrases: ['the hexadecimal digits of {source} in UTF-8'],
  notes: [{ text: 'Digits are capitals.', source: 'reference page' }],
  examples: [
    { expression: 'ConvertToUTF8Hex([givenName])', input: { givenName: 'Zoë' }, result: '5A6FC3AB' },
    { expression: 'ConvertToUTF8Hex([givenName])', input: { givenName: null }, result: null },
    { expression: 'ConvertToUTF8Hex([role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
