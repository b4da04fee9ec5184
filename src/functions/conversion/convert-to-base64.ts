import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { convertToBase64 } from '../runtime/encoding.js'

export const ConvertToBase64: FunctionDefinition = defineFunction({
  name: 'ConvertToBase64',
  family: 'conversion',
  parameters: [{ name: 'source', type: 'String', doc: 'The text.' }],
  returns: STRING,
  yields: () => ({ ascii: true }),
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5012'],
  evaluate: convertToBase64,
})

export const ConvertToBase64Documentation: FunctionDocumentation = {
  doc: 'Gives the text in Base64.',
  phrases: ['{source} in Base64'],
  notes: [
    {
      text: 'The text is encoded as UTF-16, little endian, without a byte order mark.',
      source: 'reference page',
    },
  ],
  examples: [
    { expression: 'ConvertToBase64([givenName])', input: { givenName: 'Ada' }, result: 'QQBkAGEA' },
    { expression: 'ConvertToBase64([givenName])', input: { givenName: null }, result: null },
    { expression: 'ConvertToBase64([role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
