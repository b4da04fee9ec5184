import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { len } from '../runtime/text.js'

export const Len: FunctionDefinition = defineFunction({
  name: 'Len',
  family: 'text',
  parameters: [{ name: 'source', type: 'String', doc: 'The text.' }],
  returns: INTEGER,
  dialects: [],
  instead:
    'To tell long texts from short ones, test a later character: longer than 20 is Switch(Mid([x], 21, 1), "long", "", "short").',
  mapsOverLists: true,
  evaluate: len,
})

export const LenDocumentation: FunctionDocumentation = {
  doc: 'Gives the number of characters of a text. Microsoft does not document it for provisioning.',
  phrases: ['the number of characters of {source}'],
  notes: [{ text: 'It is taken from Connect Sync; UTF-16 code units are counted.', source: 'semantics 40' }],
  examples: [
    { expression: 'Len([mailNickname])', input: { mailNickname: 'ada.b' }, result: 5 },
    { expression: 'Len("")', result: 0 },
    { expression: 'Len([mailNickname])', input: { mailNickname: null }, result: null },
    { expression: 'Len([manager])', input: { manager: { id: '7' } }, error: 'AF5008' },
  ],
}
