import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition } from '../define.js'
import { randomString } from '../runtime/random.js'

export const RandomString: FunctionDefinition = defineFunction({
  name: 'RandomString',
  family: 'text',
  parameters: [
    { name: 'length', type: 'Integer', doc: 'How many characters, at most 256.' },
    { name: 'minimumNumbers', type: 'Integer', doc: 'How many digits at least.' },
    {
      name: 'minimumSpecialCharacters',
      type: 'Integer',
      doc: 'How many special characters at least.',
    },
    {
      name: 'minimumCapital',
      type: 'Integer',
      doc: 'How many capital letters at least.',
    },
    {
      name: 'minimumLowerCase',
      type: 'Integer',
      doc: 'How many small letters at least.',
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
  doc: 'Gives random characters, at least so many of each class.',
  phrases: ['a random text of {length:character}'],
  notes: [
    {
      text: 'The page leaves the minimum of small letters out of its rule for the length; here it counts.',
      source: 'semantics 25',
    },
    {
      text: 'What the minima leave open comes from the classes with a minimum above zero; when there is none, from digits and letters.',
      source: 'semantics 25',
    },
    {
      text: 'Characters come from a cryptographic source, each with the same chance.',
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
  purity: 'volatile',
  errors: ['AF5002'],
  evaluate: randomString,
})
