import { INTEGER } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition } from '../define.js'
import { bitAnd } from '../runtime/logic.js'

export const BitAnd: FunctionDefinition = defineFunction({
  name: 'BitAnd',
  family: 'logic',
  parameters: [
    { name: 'value1', key: 'left', type: 'Integer', doc: 'A number.' },
    { name: 'value2', key: 'right', type: 'Integer', doc: 'A number.' },
  ],
  returns: INTEGER,
  dialects: ['provisioning', 'cloud-sync'],
  doc: 'Gives the number whose bits are set in both numbers.',
  phrases: ['the bits that {value1} and {value2} share'],
  notes: [
    { text: "Numbers are 64 bits wide, in two's complement; more is an error.", source: 'semantics 20' },
  ],
  examples: [
    { expression: 'BitAnd(&HF, &H17)', result: 7 },
    { expression: 'BitAnd([userAccountControl], 2)', input: { userAccountControl: '514' }, result: 2 },
    { expression: 'BitAnd([userAccountControl], 2)', input: { userAccountControl: null }, result: null },
    { expression: 'BitAnd([userAccountControl], 2)', input: { userAccountControl: 'none' }, error: 'AF5001' },
  ],
  errors: ['AF5002'],
  evaluate: bitAnd,
})
