import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { redact } from '../runtime/directory.js'

export const Redact: FunctionDefinition = defineFunction({
  name: 'Redact',
  family: 'directory',
  parameters: [{ name: 'value', key: 'source', type: 'Any', doc: 'The value.' }],
  returns: ([value = 0]) => value,
  passesOn: (source) => source,
  dialects: ['provisioning'],
  redacts: true,
  evaluate: redact,
})

export const RedactDocumentation: FunctionDocumentation = {
  doc: 'Gives the value, and keeps it out of logs and traces.',
  phrases: ['{value}, kept out of logs'],
  notes: [{ text: 'The value flows; logs and traces show [Redact] in its place.', source: 'reference page' }],
  examples: [
    { expression: 'Redact([pin])', input: { pin: '4711' }, result: '4711' },
    { expression: 'Redact([pin])', input: { pin: null }, result: null },
  ],
}
