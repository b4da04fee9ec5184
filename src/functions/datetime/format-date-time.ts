import { LIST, NULL, STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { dateTimeStyles, inputFormat, outputFormat } from '../literals.js'
import { formatDateTime } from '../runtime/datetime.js'

export const FormatDateTime: FunctionDefinition = defineFunction({
  name: 'FormatDateTime',
  family: 'datetime',
  parameters: [
    {
      name: 'source',
      type: 'Any',
      reads: 'formattedDate',
      takesLists: true,
      doc: 'A date, or text that has the input format.',
    },
    {
      name: 'dateTimeStyles',
      key: 'dateTimeStyle',
      type: 'String',
      required: false,
      checkLiteral: dateTimeStyles,
      doc: 'Names of .NET DateTimeStyles, separated by commas. Default: RoundtripKind, AllowLeadingWhite, AllowTrailingWhite.',
    },
    {
      name: 'inputFormat',
      type: 'String',
      required: false,
      checkLiteral: inputFormat,
      doc: 'The .NET format of the source; a date needs none.',
    },
    {
      name: 'outputFormat',
      type: 'String',
      checkLiteral: outputFormat,
      doc: 'The .NET format of the result.',
    },
  ],
  returns: ([source = 0]) => STRING | NULL | (source & LIST),
  foreignNames: ['formatdate'],
  dialects: ['provisioning', 'cloud-sync'],
  purity: 'contextual',
  alternatives: [{ count: 3, positions: [0, 2, 3] }],
  errors: ['AF5001', 'AF5002', 'AF5012', 'AF5013'],
  evaluate: formatDateTime,
})

export const FormatDateTimeDocumentation: FunctionDocumentation = {
  doc: 'Reads a date by one format and writes it by another.',
  phrases: [
    '{source} written as the date format {outputFormat}',
    '{source}, read as {inputFormat}, written as {outputFormat}',
    '{source}, read as {inputFormat} with the styles {dateTimeStyles}, written as {outputFormat}',
  ],
  notes: [
    {
      text: 'With three arguments they are source, input format and output format.',
      source: 'cloud sync reference page',
    },
    {
      text: 'A date from CDate, DateAdd, DateFromNum or Now is written directly, whatever the input format says.',
      source: 'semantics 21',
    },
    {
      text: 'With zzz in the input format the date is converted to the time of the host, which runs in UTC; the setting `hostTimeZone` decides.',
      source: 'semantics 21',
    },
  ],
  examples: [
    {
      expression: 'FormatDateTime([hireDate], , "yyyyMMdd", "yyyy-MM-dd")',
      input: { hireDate: '20240316' },
      result: '2024-03-16',
    },
    {
      expression: 'FormatDateTime([hireDate], "yyyyMMdd", "d MMM yyyy")',
      input: { hireDate: '20240316' },
      result: '16 Mar 2024',
    },
    {
      expression: 'FormatDateTime([hireDate], "AllowInnerWhite", "yyyy-M-d", "yyyyMMdd")',
      input: { hireDate: '2024 - 3 - 16' },
      result: '20240316',
    },
    {
      expression: 'FormatDateTime(Now(), , , "yyyy-MM-dd")',
      now: '2024-05-06T07:08:09Z',
      result: '2024-05-06',
    },
    {
      expression: 'FormatDateTime([hireDate], , "yyyyMMdd", "yyyy")',
      input: { hireDate: null },
      result: null,
    },
    {
      expression: 'FormatDateTime([hireDate], , "yyyyMMdd", "yyyy")',
      input: { hireDate: '16.3.2024' },
      error: 'AF5001',
    },
    {
      expression: 'FormatDateTime([hireDate], , , "yyyy")',
      input: { hireDate: '20240316' },
      error: 'AF5013',
    },
  ],
}
