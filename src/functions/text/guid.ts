import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { guid } from '../runtime/random.js'

export const Guid: FunctionDefinition = defineFunction({
  name: 'Guid',
  family: 'text',
  parameters: [],
  returns: STRING,
  yields: () => ({ ascii: true, maxLength: 36, lower: true, trimmed: true, mayBeEmpty: false }),
  foreignNames: ['newguid'],
  dialects: ['provisioning', 'cloud-sync'],
  purity: 'volatile',
  evaluate: guid,
})

export const GuidDocumentation: FunctionDocumentation = {
  doc: 'Gives a new globally unique identifier.',
  phrases: ['a new GUID'],
  notes: [{ text: 'It is text, in small letters and with hyphens.', source: 'semantics 25' }],
  examples: [
    {
      expression: 'Guid()',
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
    },
  ],
}
