import { DATETIME } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { dateFromNum } from '../runtime/datetime.js'

export const DateFromNum: FunctionDefinition = defineFunction({
  name: 'DateFromNum',
  family: 'datetime',
  parameters: [
    { name: 'value', key: 'source', type: 'Integer', doc: 'A FILETIME: ticks of 100 ns since 1601, in UTC.' },
  ],
  returns: DATETIME,
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5002'],
  evaluate: dateFromNum,
})

export const DateFromNumDocumentation: FunctionDocumentation = {
  doc: 'Gives the date of an Active Directory time stamp (FILETIME).',
  phrases: ['the date with the file time {value}'],
  notes: [
    {
      text: '9223372036854775807, "never" in Active Directory, is beyond the calendar and an error.',
      source: 'semantics 21',
    },
  ],
  examples: [
    {
      expression: 'DateFromNum([accountExpires])',
      input: { accountExpires: '133000000000000000' },
      result: '6/18/2022 4:26:40 AM',
    },
    { expression: 'DateFromNum(0)', result: '1/1/1601 12:00:00 AM' },
    { expression: 'DateFromNum([accountExpires])', input: { accountExpires: null }, result: null },
    { expression: 'DateFromNum([accountExpires])', input: { accountExpires: 'never' }, error: 'AF5001' },
    {
      expression: 'DateFromNum([accountExpires])',
      input: { accountExpires: '9223372036854775807' },
      error: 'AF5002',
    },
  ],
}
