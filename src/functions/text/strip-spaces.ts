import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { stripSpaces } from '../runtime/text.js'
import { partOfFirst } from '../transfer.js'

export const StripSpaces: FunctionDefinition = defineFunction({
  name: 'StripSpaces',
  family: 'text',
  parameters: [{ name: 'source', type: 'String', doc: 'The text.' }],
  returns: STRING,
  yields: partOfFirst,
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  evaluate: stripSpaces,
})

export const StripSpacesDocumentation: FunctionDocumentation = {
  doc: 'Removes all blanks.',
  phrases: ['{source} without blanks'],
  notes: [{ text: 'Only the blank U+0020 counts; tabs and no-break spaces stay.', source: 'reference page' }],
  examples: [
    { expression: 'StripSpaces([displayName])', input: { displayName: ' Ada  Berg ' }, result: 'AdaBerg' },
    { expression: 'StripSpaces([displayName])', input: { displayName: null }, result: null },
    { expression: 'StripSpaces([role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
