import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'

export const IIF: FunctionDefinition = defineFunction({
  name: 'IIF',
  family: 'logic',
  parameters: [
    {
      name: 'condition',
      key: 'one',
      type: 'Any',
      acceptsNull: true,
      doc: 'A comparison, or a value that is true or false.',
    },
    {
      name: 'valueIfTrue',
      key: 'four',
      type: 'Any',
      required: false,
      doc: 'The value when the condition holds.',
    },
    { name: 'valueIfFalse', key: 'five', type: 'Any', required: false, doc: 'The value when it does not.' },
  ],
  returns: ([, yes = 0, no = 0]) => yes | no,
  form: 'conditional',
  foreignNames: ['iff', 'ifelse'],
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5003'],
})

export const IIFDocumentation: FunctionDocumentation = {
  doc: 'Gives one of two values, depending on a condition. Only the value chosen is evaluated.',
  notes: [
    {
      text: 'The condition holds for Boolean true, the text "True" in any case and an integer other than zero.',
      source: 'semantics 16',
    },
  ],
  examples: [
    { expression: 'IIF([country] = "SE", "Nordic", "Other")', input: { country: 'SE' }, result: 'Nordic' },
    { expression: 'IIF([country] = "SE", "Nordic", "Other")', input: { country: null }, result: 'Other' },
    { expression: 'IIF([country] = "SE", "Nordic", )', input: { country: 'DE' }, result: null },
    { expression: 'IIF([country] = "SE", , "Other")', input: { country: 'SE' }, result: null },
    { expression: 'IIF([active], "yes", "no")', input: { active: 'true' }, result: 'yes' },
    { expression: 'IIF([tags] = "a", "yes", "no")', input: { tags: ['a'] }, error: 'AF5003' },
  ],
}
