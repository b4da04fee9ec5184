import { DATETIME } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { dateInterval } from '../literals.js'
import { dateAdd } from '../runtime/datetime.js'

export const DateAdd: FunctionDefinition = defineFunction({
  name: 'DateAdd',
  family: 'datetime',
  parameters: [
    {
      name: 'interval',
      type: 'String',
      checkLiteral: dateInterval,
      doc: 'The unit: yyyy, m, d, ww, h, n or s.',
    },
    { name: 'value', type: 'Integer', doc: 'How many; a negative number goes back.' },
    { name: 'dateTime', type: 'DateTime', doc: 'A date; text is read as CDate reads it.' },
  ],
  returns: DATETIME,
  dialects: ['provisioning'],
  purity: 'contextual',
  takesContext: false,
  errors: ['AF5002', 'AF5013'],
  evaluate: dateAdd,
})

export const DateAddDocumentation: FunctionDocumentation = {
  doc: 'Moves a date by a number of years, months, days, weeks, hours, minutes or seconds.',
  phrases: ['{dateTime} plus {value} {interval}'],
  notes: [
    {
      text: 'Besides the documented yyyy, m, d, ww, h, n and s, in any case, there are q, y and w as in Visual Basic.',
      source: 'semantics 21',
    },
    { text: 'If the month is too short, the result is its last day.', source: 'semantics 21' },
  ],
  examples: [
    {
      expression: 'DateAdd("d", -10, [hireDate])',
      input: { hireDate: '2024-03-16' },
      result: '3/6/2024 12:00:00 AM',
    },
    {
      expression: 'DateAdd("m", 1, [hireDate])',
      input: { hireDate: '2024-01-31' },
      result: '2/29/2024 12:00:00 AM',
    },
    { expression: 'DateAdd("d", 1, [hireDate])', input: { hireDate: null }, result: null },
    { expression: 'DateAdd("d", 1, [hireDate])', input: { hireDate: 'soon' }, error: 'AF5001' },
    {
      expression: 'DateAdd([unit], 1, [hireDate])',
      input: { unit: 'fortnight', hireDate: '2024-01-31' },
      error: 'AF5013',
    },
    { expression: 'DateAdd("yyyy", 9000, [hireDate])', input: { hireDate: '2024-01-31' }, error: 'AF5002' },
  ],
}
