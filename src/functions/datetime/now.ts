import { DATETIME } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { now } from '../runtime/datetime.js'

export const Now: FunctionDefinition = defineFunction({
  name: 'Now',
  family: 'datetime',
  parameters: [],
  returns: DATETIME,
  foreignNames: ['today', 'utcnow'],
  dialects: ['provisioning'],
  purity: 'contextual',
  evaluate: now,
})

export const NowDocumentation: FunctionDocumentation = {
  doc: 'Gives the current time, in UTC.',
  phrases: ['the present time'],
  notes: [
    { text: 'It is the same throughout one evaluation.', source: 'attrflow' },
    {
      text: 'As text it has the form M/d/yyyy h:mm:ss tt; date functions take it directly.',
      source: 'semantics 11',
    },
  ],
  examples: [{ expression: 'Now()', now: '2024-05-06T07:08:09Z', result: '5/6/2024 7:08:09 AM' }],
}
