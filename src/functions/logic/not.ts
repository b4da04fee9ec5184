import { BOOLEAN } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { not } from '../runtime/logic.js'

export const Not: FunctionDefinition = defineFunction({
  name: 'Not',
  family: 'logic',
  parameters: [
    {
      name: 'source',
      type: 'Any',
      acceptsNull: true,
      graphType: 'Boolean',
      doc: 'The value.',
    },
  ],
  returns: BOOLEAN,
  negates: true,
  dialects: ['provisioning', 'cloud-sync'],
  evaluate: not,
})

export const NotDocumentation: FunctionDocumentation = {
  doc: 'Gives False for true, and True for anything else.',
  phrases: ['the opposite of {source}'],
  notes: [
    {
      text: 'Only Boolean true and the text "True", in any case, are true; null and any other value give True.',
      source: 'reference page',
    },
  ],
  examples: [
    { expression: 'Not([accountDisabled])', input: { accountDisabled: 'True' }, result: false },
    { expression: 'Not([accountDisabled])', input: { accountDisabled: false }, result: true },
    { expression: 'Not([accountDisabled])', input: { accountDisabled: null }, result: true },
    { expression: 'Not([accountDisabled])', input: { accountDisabled: 'unknown' }, result: true },
  ],
}
