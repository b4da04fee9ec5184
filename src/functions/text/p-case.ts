import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { pCase } from '../runtime/text.js'

export const PCase: FunctionDefinition = defineFunction({
  name: 'PCase',
  family: 'text',
  parameters: [
    { name: 'source', type: 'String', doc: 'The text.' },
    {
      name: 'wordSeparators',
      type: 'String',
      required: false,
      doc: 'The characters that separate words, instead of those of .NET.',
    },
  ],
  returns: STRING,
  foreignNames: ['proper', 'initcap', 'titlecase'],
  dialects: ['provisioning'],
  mapsOverLists: true,
  evaluate: pCase,
})

export const PCaseDocumentation: FunctionDocumentation = {
  doc: 'Gives the text with a capital at the start of each word and small letters after it.',
  phrases: [
    '{source} with a capital at the start of each word',
    '{source} with a capital at the start of each word, separated by {wordSeparators}',
  ],
  notes: [
    {
      text: "Without separators the text is lower-cased, then passed to .NET ToTitleCase, where an apostrophe does not separate words: O'NEIL becomes O'neil.",
      source: 'semantics 22',
    },
    {
      text: 'Given separators replace all others; "" means that only the first letter is a capital.',
      source: 'semantics 22',
    },
  ],
  examples: [
    { expression: 'PCase([surname])', input: { surname: 'MARTIN-ROCHE' }, result: 'Martin-Roche' },
    {
      expression: 'PCase([surname], " ")',
      input: { surname: 'MARTIN-ROCHE DUPONT' },
      result: 'Martin-roche Dupont',
    },
    { expression: 'PCase([surname])', input: { surname: null }, result: null },
    { expression: 'PCase([role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
