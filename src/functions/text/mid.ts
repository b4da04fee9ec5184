import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { mid } from '../runtime/text.js'
import { partOfLength } from '../transfer.js'

export const Mid: FunctionDefinition = defineFunction({
  name: 'Mid',
  family: 'text',
  parameters: [
    { name: 'source', type: 'String', doc: 'The text.' },
    {
      name: 'start',
      type: 'Integer',
      doc: 'The position of the first character, counted from 1.',
    },
    {
      name: 'length',
      type: 'Integer',
      required: false,
      graphType: 'Integer',
      doc: 'The number of characters. Default: all to the end.',
    },
  ],
  returns: STRING,
  yields: partOfLength(2),
  foreignNames: ['substring', 'substr'],
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5002'],
  evaluate: mid,
})

export const MidDocumentation: FunctionDocumentation = {
  doc: 'Gives the characters of a text from a position on.',
  phrases: ['{source} from character {start} on', '{length:character} of {source} from character {start} on'],
  notes: [
    {
      text: 'A start past the end gives "". A start below 1 or a negative length is an error.',
      source: 'semantics 19',
    },
    {
      text: 'The form with two arguments is only in an example of the cloud sync page.',
      source: 'cloud sync reference page',
    },
  ],
  examples: [
    { expression: 'Mid([employeeId], 2, 3)', input: { employeeId: 'A12345' }, result: '123' },
    { expression: 'Mid([employeeId], 3)', input: { employeeId: 'A12345' }, result: '2345' },
    { expression: 'Mid([employeeId], 9, 2)', input: { employeeId: 'A12345' }, result: '' },
    { expression: 'Mid([employeeId], 1, 2)', input: { employeeId: null }, result: null },
    { expression: 'Mid([employeeId], 0, 2)', input: { employeeId: 'A12345' }, error: 'AF5002' },
  ],
}
