import { BOOLEAN } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { cBool } from '../runtime/conversion.js'

export const CBool: FunctionDefinition = defineFunction({
  name: 'CBool',
  family: 'conversion',
  parameters: [{ name: 'expression', key: 'source', type: 'Any', reads: 'boolean', doc: 'The value.' }],
  returns: BOOLEAN,
  foreignNames: ['tobool'],
  dialects: ['provisioning', 'cloud-sync'],
  errors: ['AF5001', 'AF5003'],
  evaluate: cBool,
})

export const CBoolDocumentation: FunctionDocumentation = {
  doc: 'Gives the value as a Boolean: a number other than zero is True.',
  phrases: ['{expression} as a Boolean'],
  notes: [
    {
      text: 'Text is a number, or true or false in any case; anything else, also "", is an error.',
      source: 'semantics 20',
    },
  ],
  examples: [
    { expression: 'CBool([flag])', input: { flag: '1' }, result: true },
    { expression: 'CBool([flag])', input: { flag: 'false' }, result: false },
    { expression: 'CBool([left] = [right])', input: { left: 'a', right: 'a' }, result: true },
    { expression: 'CBool([flag])', input: { flag: null }, result: null },
    { expression: 'CBool([flag])', input: { flag: 'yes' }, error: 'AF5001' },
    { expression: 'CBool([flags])', input: { flags: ['1'] }, error: 'AF5003' },
  ],
}
