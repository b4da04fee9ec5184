import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { numFromDate } from '../runtime/datetime.js'

export const NumFromDate: FunctionDefinition = defineFunction({
  name: 'NumFromDate',
  family: 'datetime',
  parameters: [
    {
      name: 'value',
      key: 'source',
      type: 'DateTime',
      graphType: 'String',
      doc: 'A date; text is read as CDate reads it.',
    },
  ],
  returns: INTEGER,
  dialects: ['provisioning'],
  purity: 'contextual',
  takesContext: false,
  errors: ['AF5002'],
  evaluate: numFromDate,
})

export const NumFromDateDocumentation: FunctionDocumentation = {
  doc: 'Gives the Active Directory time stamp (FILETIME) of a date.',
  phrases: ['the file time of {value}'],
  notes: [
    { text: 'The number is exact, although it is too large for a double.', source: 'semantics 21' },
    {
      text: 'The sample numbers of two guides belong to other dates.',
      source: 'Workday and SuccessFactors guides',
    },
  ],
  examples: [
    {
      expression: 'NumFromDate([endDate])',
      input: { endDate: '2024-12-31T23:59:59-08:00' },
      result: '133801919990000000',
    },
    { expression: 'NumFromDate([endDate])', input: { endDate: null }, result: null },
    { expression: 'NumFromDate([endDate])', input: { endDate: 'never' }, error: 'AF5001' },
    { expression: 'NumFromDate([endDate])', input: { endDate: '1600-12-31' }, error: 'AF5002' },
  ],
}
