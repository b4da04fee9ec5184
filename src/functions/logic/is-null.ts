import { BOOLEAN } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { isNull } from '../runtime/logic.js'

export const IsNull: FunctionDefinition = defineFunction({
  name: 'IsNull',
  family: 'logic',
  parameters: [{ name: 'expression', key: 'source', type: 'Any', acceptsNull: true, doc: 'The value.' }],
  returns: BOOLEAN,
  tests: { whenTrue: 'absent', whenFalse: undefined },
  dialects: ['provisioning', 'cloud-sync'],
  evaluate: isNull,
})

export const IsNullDocumentation: FunctionDocumentation = {
  doc: 'Tells whether there is no value.',
  phrases: ['whether {expression} is null'],
  notes: [
    {
      text: 'The page calls it unsupported as a condition of IIF, but other pages use it there; so it is evaluated.',
      source: 'semantics 16',
    },
    { text: 'A list without elements counts as null.', source: 'semantics 29' },
  ],
  examples: [
    { expression: 'IsNull([mail])', input: { mail: null }, result: true },
    { expression: 'IsNull([mail])', input: { mail: '' }, result: false },
  ],
}
