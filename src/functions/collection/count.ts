import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { integerDomain } from '../domain.js'
import { count } from '../runtime/collection.js'

export const Count: FunctionDefinition = defineFunction({
  name: 'Count',
  family: 'collection',
  parameters: [{ name: 'attribute', key: 'source', type: 'Any', acceptsNull: true, doc: 'The values.' }],
  returns: INTEGER,
  yields: () => integerDomain(0, Number.POSITIVE_INFINITY),
  dialects: ['provisioning', 'cloud-sync'],
  evaluate: count,
})

export const CountDocumentation: FunctionDocumentation = {
  doc: 'Gives the number of values.',
  phrases: ['the number of values of {attribute}'],
  notes: [{ text: 'Null counts 0, a single value 1.', source: 'semantics 19' }],
  examples: [
    { expression: 'Count([proxyAddresses])', input: { proxyAddresses: ['a', 'b'] }, result: 2 },
    { expression: 'Count([mail])', input: { mail: 'a' }, result: 1 },
    { expression: 'Count([proxyAddresses])', input: { proxyAddresses: null }, result: 0 },
  ],
}
