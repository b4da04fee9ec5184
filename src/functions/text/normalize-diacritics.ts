import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { normalizeDiacritics } from '../runtime/text.js'
import { partOfFirst } from '../transfer.js'

export const NormalizeDiacritics: FunctionDefinition = defineFunction({
  name: 'NormalizeDiacritics',
  family: 'text',
  parameters: [{ name: 'source', type: 'String', doc: 'The text.' }],
  returns: STRING,
  yields: (args) => (args[0]?.domain.ascii === true ? partOfFirst(args) : {}),
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5012'],
  evaluate: normalizeDiacritics,
})

export const NormalizeDiacriticsDocumentation: FunctionDocumentation = {
  doc: 'Replaces Latin letters with diacritics by plain ones.',
  phrases: ['{source} without diacritics'],
  notes: [
    {
      text: 'ä, ö and ü lose their dots and do not become ae, oe and ue; ø and æ become oe and ae.',
      source: 'reference page',
    },
    {
      text: 'Letters the page does not list are decomposed; other scripts stay as they are.',
      source: 'semantics 23',
    },
  ],
  examples: [
    {
      expression: 'NormalizeDiacritics([surname])',
      input: { surname: 'Løvås-Ångström' },
      result: 'Loevas-Angstrom',
    },
    { expression: 'NormalizeDiacritics([surname])', input: { surname: 'Weiß' }, result: 'Weiss' },
    { expression: 'NormalizeDiacritics([surname])', input: { surname: null }, result: null },
    { expression: 'NormalizeDiacritics([role])', input: { role: { value: 'é' } }, error: 'AF5008' },
  ],
}
