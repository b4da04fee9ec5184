import { BOOLEAN } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { isNullOrEmpty } from '../runtime/logic.js'

export const IsNullOrEmpty: FunctionDefinition = defineFunction({
  name: 'IsNullOrEmpty',
  family: 'logic',
  parameters: [{ name: 'expression', key: 'source', type: 'Any', acceptsNull: true, doc: 'The value.' }],
  returns: BOOLEAN,
  tests: { whenTrue: 'absent', whenFalse: 'present' },
  foreignNames: ['isblank', 'isnullorwhitespace'],
  dialects: ['provisioning', 'cloud-sync'],
  evaluate: isNullOrEmpty,
})

export const IsNullOrEmptyDocumentation: FunctionDocumentation = {
  doc: 'Tells whether there is no value, or only "".',
  phrases: ['whether {expression} has no value'],
  notes: [
    {
      text: 'The page calls it unsupported as a condition of IIF, but other pages use it there; so it is evaluated.',
      source: 'semantics 16',
    },
    { text: 'A list without elements counts as null.', source: 'semantics 29' },
  ],
  examples: [
    { expression: 'IsNullOrEmpty([mail])', input: { mail: null }, result: true },
    { expression: 'IsNullOrEmpty([mail])', input: { mail: '' }, result: true },
    { expression: 'IsNullOrEmpty([mail])', input: { mail: ' ' }, result: false },
  ],
}
