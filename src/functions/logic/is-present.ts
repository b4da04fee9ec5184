import { BOOLEAN } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { isPresent } from '../runtime/logic.js'

export const IsPresent: FunctionDefinition = defineFunction({
  name: 'IsPresent',
  family: 'logic',
  parameters: [{ name: 'expression', key: 'source', type: 'Any', acceptsNull: true, doc: 'The value.' }],
  returns: BOOLEAN,
  tests: { whenTrue: 'present', whenFalse: 'absent' },
  dialects: ['provisioning', 'cloud-sync'],
  evaluate: isPresent,
})

export const IsPresentDocumentation: FunctionDocumentation = {
  doc: 'Tells whether there is a value other than "".',
  phrases: ['whether {expression} has a value'],
  notes: [
    {
      text: 'The page calls it unsupported as a condition of IIF, but other pages use it there; so it is evaluated.',
      source: 'semantics 16',
    },
    { text: 'A list without elements counts as null.', source: 'semantics 29' },
  ],
  examples: [
    { expression: 'IsPresent([mail])', input: { mail: 'a@example.org' }, result: true },
    { expression: 'IsPresent([mail])', input: { mail: '' }, result: false },
    { expression: 'IsPresent([mail])', input: { mail: null }, result: false },
  ],
}
