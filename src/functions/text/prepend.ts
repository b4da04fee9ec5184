import { NULL, STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { append } from '../runtime/text.js'
import { appended } from '../transfer.js'

export const Prepend: FunctionDefinition = defineFunction({
  name: 'Prepend',
  family: 'text',
  parameters: [
    { name: 'prefix', type: 'String', acceptsNull: true, doc: 'The text at the front.' },
    { name: 'source', type: 'String', acceptsNull: true, doc: 'The text at the end.' },
  ],
  returns: ([prefix = 0, source = 0]) => STRING | (prefix & source & NULL),
  yields: appended,
  dialects: [],
  mapsOverLists: true,
  errors: ['AF5012'],
  evaluate: append,
})

export const PrependDocumentation: FunctionDocumentation = {
  doc: 'Prepends a text to another.',
  phrases: ['{prefix} followed by {source}'],
  notes: [
    { text: 'Like Append with its arguments in reverse order; null counts as "".', source: 'semantics 20' },
    {
      text: 'It is in the function list of Graph, but not on a reference page.',
      source: 'Graph function list',
    },
  ],
  examples: [
    {
      expression: 'Prepend("smtp:", [mail])',
      input: { mail: 'ada@example.org' },
      result: 'smtp:ada@example.org',
    },
    { expression: 'Prepend("smtp:", [mail])', input: { mail: null }, result: 'smtp:' },
    { expression: 'Prepend("x", [role])', input: { role: { value: 'r' } }, error: 'AF5008' },
  ],
}
