import { NULL, STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { append } from '../runtime/text.js'
import { appended } from '../transfer.js'

export const Append: FunctionDefinition = defineFunction({
  name: 'Append',
  family: 'text',
  parameters: [
    { name: 'source', type: 'String', acceptsNull: true, doc: 'The first text.' },
    { name: 'suffix', type: 'String', acceptsNull: true, doc: 'The text that follows it.' },
  ],
  returns: ([source = 0, suffix = 0]) => STRING | (source & suffix & NULL),
  yields: appended,
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5012'],
  evaluate: append,
})

export const AppendDocumentation: FunctionDocumentation = {
  doc: 'Appends a text to another.',
  phrases: ['{source} followed by {suffix}'],
  notes: [
    { text: 'Null counts as "". Only when both are null, the result is null.', source: 'semantics 19' },
  ],
  examples: [
    { expression: 'Append([alias], "@example.org")', input: { alias: 'ada' }, result: 'ada@example.org' },
    { expression: 'Append([alias], "-x")', input: { alias: null }, result: '-x' },
    { expression: 'Append([alias], [suffix])', result: null },
    { expression: 'Append([mails], ";")', input: { mails: ['a', 'b'] }, result: ['a;', 'b;'] },
    { expression: 'Append([role], "-x")', input: { role: { value: 'r' } }, error: 'AF5008' },
  ],
}
