import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'

export const SelectUniqueValue: FunctionDefinition = defineFunction({
  name: 'SelectUniqueValue',
  family: 'directory',
  parameters: [
    {
      name: 'uniqueValueRule',
      type: 'Any',
      repeating: true,
      atLeast: 2,
      acceptsNull: true,
      doc: 'A candidate. It is evaluated only when all candidates before it are taken.',
    },
  ],
  returns: (args) => args.reduce((kinds, kind) => kinds | kind, 0),
  purity: 'contextual',
  form: 'selectUnique',
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5003', 'AF5006', 'AF5008'],
})

export const SelectUniqueValueDocumentation: FunctionDocumentation = {
  doc: 'Gives the first of several candidates that no object of the target has yet.',
  phrases: ['the first of {uniqueValueRule} that is not taken'],
  notes: [
    { text: 'It must be the outermost function of its expression.', source: 'reference page' },
    { text: 'Candidates that are null or "" are skipped.', source: 'semantics 25' },
    { text: 'When all candidates are taken, the object goes to escrow.', source: 'reference page' },
    {
      text: 'The service offers it only for targets in Active Directory and mappings that apply only during object creation.',
      source: 'reference page',
    },
  ],
  examples: [
    { expression: 'SelectUniqueValue([alias], "ada2")', input: { alias: 'ada' }, result: 'ada' },
    {
      expression: 'SelectUniqueValue([alias], "ada2")',
      input: { alias: 'ada' },
      taken: ['ada'],
      result: 'ada2',
    },
    { expression: 'SelectUniqueValue([alias], "ada2")', input: { alias: null }, result: 'ada2' },
    {
      expression: 'SelectUniqueValue([alias], "ada2")',
      input: { alias: 'ada' },
      taken: ['ada', 'ada2'],
      error: 'AF5006',
    },
  ],
}
