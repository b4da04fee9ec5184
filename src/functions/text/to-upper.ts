import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { cultureName } from '../literals.js'
import { toUpper } from '../runtime/text.js'
import { cased } from '../transfer.js'

export const ToUpper: FunctionDefinition = defineFunction({
  name: 'ToUpper',
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
  yields: cased('upper'),
  foreignNames: ['upper', 'touppercase'],
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5013'],
  evaluate: toUpper,
})

export const ToUpperDocumentation: FunctionDocumentation = {
  doc: 'Gives the text in capital letters.',
  phrases: ['{source} in upper case', '{source} in upper case by the rules of {culture}'],
  notes: [
    {
      text: 'Each character is mapped by itself: ß stays as it is, and the final sigma has no form of its own.',
      source: '.NET',
    },
    { text: 'A culture that .NET does not know is an error.', source: 'semantics 22' },
  ],
  examples: [
    { expression: 'ToUpper([givenName])', input: { givenName: 'Ada' }, result: 'ADA' },
    { expression: 'ToUpper("i", "tr-TR")', result: 'İ' },
    { expression: 'ToUpper([givenName])', input: { givenName: null }, result: null },
    {
      expression: 'ToUpper([givenName], [culture])',
      input: { givenName: 'Ada', culture: 'tlhIngan' },
      error: 'AF5013',
    },
  ],
}
