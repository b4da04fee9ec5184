import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { join } from '../runtime/text.js'
import { concatenated } from '../transfer.js'

export const Join: FunctionDefinition = defineFunction({
  name: 'Join',
  family: 'text',
  parameters: [
    { name: 'separator', type: 'String', doc: 'Text put between the values.' },
    {
      name: 'source',
      type: 'Any',
      reads: 'text',
      takesLists: true,
      repeating: true,
      acceptsNull: true,
      doc: 'A value to join; a multi-valued attribute contributes each of its values.',
    },
  ],
  returns: STRING,
  yields: ([separator, ...sources]) =>
    concatenated(
      sources.map((source) => source?.domain),
      separator?.domain,
    ),
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5012'],
  evaluate: join,
})

export const JoinDocumentation: FunctionDocumentation = {
  doc: 'Puts values one after the other, with the separator between them.',
  phrases: ['{source} joined with {separator}'],
  notes: [
    {
      text: 'Null and "" are skipped; " " is not. When nothing is left, the result is "".',
      source: 'semantics 18',
    },
  ],
  examples: [
    { expression: 'Join(" ", [first], [last])', input: { first: 'Ada', last: 'Berg' }, result: 'Ada Berg' },
    { expression: 'Join(", ", [first], "", [last])', input: { first: 'Ada', last: null }, result: 'Ada' },
    { expression: 'Join(";", [tags])', input: { tags: ['a', 'b'] }, result: 'a;b' },
    { expression: 'Join([separator], "a", "b")', input: { separator: null }, result: null },
    { expression: 'Join(";", [role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
