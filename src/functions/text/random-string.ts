import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { randomString } from '../runtime/random.js'

export const RandomString: FunctionDefinition = defineFunction({
  name: 'RandomString',
  family: 'text',
  parameters: [
    { name: 'length', type: 'Integer', doc: 'The number of characters, at most 256.' },
    { name: 'minimumNumbers', type: 'Integer', doc: 'The least number of digits.' },
    {
      name: 'minimumSpecialCharacters',
      type: 'Integer',
      doc: 'The least number of special characters.',
    },
    {
      name: 'minimumCapital',
      type: 'Integer',
      doc: 'The least number of capital letters.',
    },
    {
      name: 'minimumLowerCase',
      type: 'Integer',
      doc: 'The least number of small letters.',
    },
    {
      name: 'charactersToAvoid',
      type: 'String',
      required: false,
      doc: 'Characters that must not occur.',
    },
  ],
  returns: STRING,
  yields: ([length]) => ({
    ascii: true,
    maxLength: Math.max(0, length?.integer ?? Number.POSITIVE_INFINITY),
  }),
  dialects: ['provisioning'],
  purity: 'volatile',
  errors: ['AF5002'],
  evaluate: randomString,
})

export const RandomStringDocumentation: FunctionDocumentation = {
  doc: 'Gives random characters, with a minimum for each class.',
  phrases: ['a random text of {length:character}'],
  notes: [
    {
      text: 'The page omits the minimum of small letters from its rule for the length; here it counts.',
      source: 'semantics 25',
    },
    {
      text: 'Characters beyond the minima come from the classes with a minimum above zero; if there is none, from digits and letters.',
      source: 'semantics 25',
    },
    {
      text: 'Characters come from a cryptographic source, each with the same probability.',
      source: 'semantics 25',
    },
  ],
  examples: [
    { expression: 'RandomString(6, 3, 0, 0, 3)', pattern: '^[0-9a-z]{6}$' },
    { expression: 'RandomString(4, 4, 0, 0, 0, "13579")', pattern: '^[02468]{4}$' },
    { expression: 'RandomString([length], 0, 0, 0, 0)', input: { length: null }, result: null },
    { expression: 'RandomString([length], 0, 0, 0, 0)', input: { length: 'six' }, error: 'AF5001' },
    { expression: 'RandomString([length], 3, 0, 0, 3)', input: { length: 5 }, error: 'AF5002' },
  ],
}
