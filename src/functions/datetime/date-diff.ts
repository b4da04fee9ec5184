import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { dateInterval } from '../literals.js'
import { dateDiff } from '../runtime/datetime.js'

export const DateDiff: FunctionDefinition = defineFunction({
  name: 'DateDiff',
  family: 'datetime',
  parameters: [
    {
      name: 'interval',
      type: 'String',
      checkLiteral: dateInterval,
      doc: 'The unit: yyyy, m, d, ww, h, n or s.',
    },
    { name: 'date1', type: 'DateTime', doc: 'A date; text is read as CDate reads it.' },
    { name: 'date2', type: 'DateTime', doc: 'A date; text is read as CDate reads it.' },
  ],
  returns: INTEGER,
  dialects: ['provisioning'],
  purity: 'contextual',
  takesContext: false,
  errors: ['AF5013'],
  evaluate: dateDiff,
})

export const DateDiffDocumentation: FunctionDocumentation = {
  doc: 'Gives the number of units from the first date to the second.',
  phrases: ['the number of {interval} from {date1} to {date2}'],
  notes: [
    {
      text: 'Besides the documented yyyy, m, d, ww, h, n and s, in any case, there are q, y and w as in Visual Basic.',
      source: 'semantics 21',
    },
    {
      text: 'd, h, n and s count whole units; m and yyyy subtract the months and years; ww counts the Sundays passed.',
      source: 'Visual Basic',
    },
    { text: 'Tomorrow can be 0 days away: the time of day counts.', source: 'semantics 21' },
  ],
  examples: [
    {
      expression: 'DateDiff("d", [from], [to])',
      input: { from: '2024-03-01', to: '2024-03-16' },
      result: 15,
    },
    {
      expression: 'DateDiff("d", Now(), [to])',
      now: '2024-03-15T18:00:00Z',
      input: { to: '2024-03-16' },
      result: 0,
    },
    { expression: 'DateDiff("m", [from], [to])', input: { from: '2024-01-31', to: '2024-02-01' }, result: 1 },
    { expression: 'DateDiff("d", [from], [to])', input: { from: null, to: '2024-03-16' }, result: null },
    { expression: 'DateDiff("d", [from], [to])', input: { from: '', to: '2024-03-16' }, error: 'AF5001' },
  ],
}
