import { BOOLEAN } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { isNullOrEmpty } from '../runtime/logic.js'

export const IsNothing: FunctionDefinition = defineFunction({
  name: 'IsNothing',
  family: 'logic',
  parameters: [
    {
      name: 'expression',
      key: 'source',
      type: 'Any',
      acceptsNull: true,
      graphType: 'Boolean',
      doc: 'The value.',
    },
  ],
  returns: BOOLEAN,
  tests: { whenTrue: 'absent', whenFalse: 'present' },
  dialects: [],
  evaluate: isNullOrEmpty,
})

export const IsNothingDocumentation: FunctionDocumentation = {
  doc: 'Tells whether there is no value, or only "".',
  phrases: ['whether {expression} has no value'],
  notes: [
    {
      text: 'It is in the function list of Graph, but not on a reference page; treated as IsNullOrEmpty.',
      source: 'semantics 20',
    },
  ],
  examples: [
    { expression: 'IsNothing([mail])', input: { mail: null }, result: true },
    { expression: 'IsNothing([mail])', input: { mail: 'a' }, result: false },
  ],
}
