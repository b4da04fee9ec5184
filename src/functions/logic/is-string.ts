import { BOOLEAN } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { isString } from '../runtime/logic.js'

export const IsString: FunctionDefinition = defineFunction({
  name: 'IsString',
  family: 'logic',
  parameters: [{ name: 'expression', key: 'source', type: 'Any', acceptsNull: true, doc: 'The value.' }],
  returns: BOOLEAN,
  dialects: ['provisioning', 'cloud-sync'],
  evaluate: isString,
})

export const IsStringDocumentation: FunctionDocumentation = {
  doc: 'Tells whether the value is text or has a text form.',
  phrases: ['whether {expression} has a text form'],
  notes: [
    {
      text: 'Text, numbers, Booleans and dates have a text form; null, lists and objects do not.',
      source: 'semantics 20',
    },
  ],
  examples: [
    { expression: 'IsString([mail])', input: { mail: 'a@example.org' }, result: true },
    { expression: 'IsString([number])', input: { number: 7 }, result: true },
    { expression: 'IsString([mails])', input: { mails: ['a'] }, result: false },
    { expression: 'IsString([mail])', input: { mail: null }, result: false },
  ],
}
