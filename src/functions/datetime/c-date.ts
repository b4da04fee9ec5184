import { DATETIME, LIST } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { cDate } from '../runtime/datetime.js'

export const CDate: FunctionDefinition = defineFunction({
  name: 'CDate',
  family: 'datetime',
  parameters: [
    {
      name: 'expression',
      key: 'source',
      type: 'Any',
      reads: 'date',
      takesLists: true,
      doc: 'The text of a date.',
    },
  ],
  returns: ([source = 0]) => DATETIME | (source & LIST),
  foreignNames: ['todate'],
  dialects: ['provisioning'],
  purity: 'contextual',
  errors: ['AF5001', 'AF5008'],
  evaluate: cDate,
})

export const CDateDocumentation: FunctionDocumentation = {
  doc: 'Reads a date and gives it in UTC.',
  phrases: ['the date {expression}'],
  notes: [
    {
      text: 'It accepts what .NET DateTime.Parse accepts in the invariant culture; without an offset, the text is UTC.',
      source: 'semantics 21',
    },
    { text: '"" is an error: guard it, for example with Switch.', source: 'semantics 15' },
  ],
  examples: [
    {
      expression: 'CDate([hireDate])',
      input: { hireDate: '2024-03-16-07:00' },
      result: '3/16/2024 7:00:00 AM',
    },
    { expression: 'CDate([hireDate])', input: { hireDate: '2024-03-16' }, result: '3/16/2024 12:00:00 AM' },
    { expression: 'CDate([hireDate])', input: { hireDate: null }, result: null },
    { expression: 'CDate([hireDate])', input: { hireDate: '' }, error: 'AF5001' },
  ],
}
