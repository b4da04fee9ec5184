import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { cultureName } from '../literals.js'
import { toLower } from '../runtime/text.js'
import { cased } from '../transfer.js'

export const ToLower: FunctionDefinition = defineFunction({
  name: 'ToLower',
  family: 'text',
  parameters: [
    { name: 'source', type: 'String', doc: 'The text.' },
    {
      name: 'culture',
      type: 'String',
      required: false,
      checkLiteral: cultureName,
      doc: 'The name of a culture, such as "tr-TR". Default: the invariant culture.',
    },
  ],
  returns: STRING,
  yields: cased('lower'),
  foreignNames: ['lower', 'tolowercase'],
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5013'],
  evaluate: toLower,
})

export const ToLowerDocumentation: FunctionDocumentation = {
  doc: 'Gives the text in small letters.',
  phrases: ['{source} in lower case', '{source} in lower case by the rules of {culture}'],
  notes: [
    {
      text: 'Each character is mapped by itself: ß stays as it is, and the final sigma has no form of its own.',
      source: '.NET',
    },
    { text: 'A culture that .NET does not know is an error.', source: 'semantics 22' },
  ],
  examples: [
    { expression: 'ToLower([givenName])', input: { givenName: 'Ada' }, result: 'ada' },
    { expression: 'ToLower("I", "tr-TR")', result: 'ı' },
    { expression: 'ToLower([givenName])', input: { givenName: null }, result: null },
    {
      expression: 'ToLower([givenName], [culture])',
      input: { givenName: 'Ada', culture: 'tlhIngan' },
      error: 'AF5013',
    },
  ],
}
