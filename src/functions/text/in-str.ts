import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { integerDomain } from '../domain.js'
import { inStr } from '../runtime/text.js'

export const InStr: FunctionDefinition = defineFunction({
  name: 'InStr',
  aliases: ['Instr'],
  family: 'text',
  parameters: [
    { name: 'value1', type: 'String', doc: 'The text to search in.' },
    { name: 'value2', type: 'String', doc: 'The text to find.' },
    {
      name: 'start',
      type: 'Integer',
      required: false,
      doc: 'The position where the search begins, counted from 1. Default 1.',
    },
    {
      name: 'compareType',
      type: 'String',
      required: false,
      values: ['vbTextCompare', 'vbBinaryCompare'],
      doc: 'vbBinaryCompare, the default, or vbTextCompare, which ignores case.',
    },
  ],
  returns: INTEGER,
  yields: ([text]) => integerDomain(0, text?.domain.maxLength ?? Number.POSITIVE_INFINITY),
  foreignNames: ['instring', 'indexof', 'charindex'],
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5002', 'AF5013'],
  evaluate: inStr,
})

export const InStrDocumentation: FunctionDocumentation = {
  doc: 'Gives the position of a text in another, counted from 1 at the start of the text; 0 if it is absent.',
  phrases: [
    'the position of {value2} in {value1}',
    'the position of {value2} in {value1} from character {start} on',
    'the position of {value2} in {value1} from character {start} on, compared as {compareType}',
  ],
  notes: [
    {
      text: 'The comparison is binary by default, as in Visual Basic; the page does not say.',
      source: 'semantics 19',
    },
    {
      text: 'The position is always that in the whole text, whatever `start` is.',
      source: 'semantics 19',
    },
    { text: 'An empty text is found at `start`, except in an empty text.', source: 'Visual Basic' },
  ],
  examples: [
    { expression: 'InStr([mail], "@")', input: { mail: 'ada@example.org' }, result: 4 },
    { expression: 'InStr([mail], "@", 5)', input: { mail: 'ada@example.org' }, result: 0 },
    {
      expression: 'InStr([mail], "EXAMPLE", , vbTextCompare)',
      input: { mail: 'ada@example.org' },
      result: 5,
    },
    { expression: 'InStr([mail], "@")', input: { mail: null }, result: null },
    { expression: 'InStr([mail], "@", 0)', input: { mail: 'ada' }, error: 'AF5002' },
  ],
}
