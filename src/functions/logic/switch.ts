import { NULL, type StaticType } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'

/** The default and the values are at the odd positions. */
const resultKinds = (args: readonly StaticType[]): StaticType =>
  args.reduce((kinds, kind, index) => (index % 2 === 1 ? kinds | kind : kinds), args[1] ?? NULL)

export const Switch: FunctionDefinition = defineFunction({
  name: 'Switch',
  family: 'logic',
  parameters: [
    {
      name: 'source',
      type: 'Any',
      reads: 'text',
      acceptsNull: true,
      doc: 'The value to compare.',
    },
    {
      name: 'defaultValue',
      type: 'Any',
      required: false,
      doc: 'The value when no key matches. A blank is null.',
    },
    {
      name: 'key',
      key: 'switchValue',
      type: 'Any',
      reads: 'text',
      repeating: true,
      acceptsNull: true,
      doc: 'A value to compare the source with.',
    },
    {
      name: 'value',
      key: 'switchValue',
      type: 'Any',
      required: false,
      repeating: true,
      doc: 'The value when this key is the first to match. A blank is null.',
    },
  ],
  returns: resultKinds,
  form: 'switch',
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5003', 'AF5008'],
})

export const SwitchDocumentation: FunctionDocumentation = {
  doc: 'Gives the value of the first key that equals the source. Only that value is evaluated.',
  notes: [
    { text: 'Keys are compared as text; case matters, and nothing is trimmed.', source: 'semantics 17' },
    { text: 'A source that is null equals the key "".', source: 'reference page' },
    {
      text: 'The second argument is always the default. Without it, keys and values shift by one.',
      source: 'reference page',
    },
  ],
  examples: [
    {
      expression: 'Switch([state], "Unknown", "BY", "Bavaria", "HE", "Hesse")',
      input: { state: 'HE' },
      result: 'Hesse',
    },
    { expression: 'Switch([state], "Unknown", "BY", "Bavaria")', input: { state: 'by' }, result: 'Unknown' },
    { expression: 'Switch([state], , "BY", "Bavaria")', input: { state: 'HE' }, result: null },
    { expression: 'Switch([state], "Other", "", "None")', input: { state: null }, result: 'None' },
    { expression: 'Switch([state], "Other", "BY", , "HE", "x")', input: { state: 'BY' }, result: null },
    { expression: 'Switch([states], "Other", "BY", "x")', input: { states: ['BY'] }, error: 'AF5003' },
  ],
}
