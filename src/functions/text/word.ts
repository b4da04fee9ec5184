import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { word } from '../runtime/text.js'
import { partOfFirst } from '../transfer.js'

export const Word: FunctionDefinition = defineFunction({
  name: 'Word',
  family: 'text',
  parameters: [
    { name: 'source', type: 'String', acceptsNull: true, doc: 'The text.' },
    { name: 'wordNumber', type: 'Integer', doc: 'The position of the word, counted from 1.' },
    {
      name: 'delimiters',
      type: 'String',
      doc: 'The characters that separate words.',
    },
  ],
  returns: STRING,
  yields: partOfFirst,
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  evaluate: word,
})

export const WordDocumentation: FunctionDocumentation = {
  doc: 'Gives one word of a text.',
  phrases: ['the {wordNumber:ordinal} word of {source}, separated by {delimiters}'],
  notes: [
    { text: 'Several delimiters in a row count as one.', source: 'semantics 19' },
    { text: 'Null, a number below 1 and a number too high give "".', source: 'reference page' },
  ],
  examples: [
    { expression: 'Word([displayName], 2, " ")', input: { displayName: 'Ada Maria Berg' }, result: 'Maria' },
    { expression: 'Word("red,  green;blue", 3, " ,;")', result: 'blue' },
    { expression: 'Word([displayName], 1, " ")', input: { displayName: null }, result: '' },
    { expression: 'Word([displayName], 9, " ")', input: { displayName: 'Ada' }, result: '' },
    { expression: 'Word([displayName], [n], " ")', input: { displayName: 'Ada', n: 'two' }, error: 'AF5001' },
  ],
}
