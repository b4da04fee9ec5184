import { LIST, STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { notEmpty } from '../literals.js'
import { split } from '../runtime/collection.js'

export const Split: FunctionDefinition = defineFunction({
  name: 'Split',
  family: 'collection',
  parameters: [
    { name: 'source', type: 'Any', takesLists: true, doc: 'The text.' },
    {
      name: 'delimiter',
      type: 'String',
      checkLiteral: notEmpty,
      doc: 'The text that separates the parts.',
    },
  ],
  returns: LIST,
  elements: STRING,
  dialects: ['provisioning', 'cloud-sync'],
  settings: ['splitTrims'],
  errors: ['AF5013'],
  evaluate: split,
})

export const SplitDocumentation: FunctionDocumentation = {
  doc: 'Gives the parts of a text between delimiters.',
  phrases: ['the parts of {source} between {delimiter}'],
  notes: [
    {
      text: 'White space around the parts is removed, as the page shows; the setting `splitTrims` decides.',
      source: 'semantics 18',
    },
    {
      text: 'The page mentions one character; a delimiter of any length is used as a whole.',
      source: 'semantics 18',
    },
    { text: 'The values of a list are split one by one, into one list.', source: 'semantics 12' },
  ],
  examples: [
    { expression: 'Split([skills], ",")', input: { skills: 'chess, go' }, result: ['chess', 'go'] },
    {
      expression: 'Split([skills], ",")',
      input: { skills: 'chess, go' },
      settings: { splitTrims: false },
      result: ['chess', ' go'],
    },
    { expression: 'Split([skills], ",")', input: { skills: '' }, result: [] },
    { expression: 'Split([skills], ",")', input: { skills: null }, result: null },
    { expression: 'Split([skills], [delimiter])', input: { skills: 'a', delimiter: '' }, error: 'AF5013' },
  ],
}
