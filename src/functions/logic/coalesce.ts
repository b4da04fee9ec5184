import { NULL } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'

export const Coalesce: FunctionDefinition = defineFunction({
  name: 'Coalesce',
  family: 'logic',
  parameters: [
    {
      name: 'source',
      type: 'Any',
      repeating: true,
      acceptsNull: true,
      doc: 'A value to take; the last one is the default.',
    },
  ],
  returns: (args) =>
    args.reduce((kinds, kind, index) => kinds | (index === args.length - 1 ? kind : kind & ~NULL), 0),
  form: 'coalesce',
  settings: ['coalesceSkipsEmpty'],
  foreignNames: ['nvl', 'ifnull'],
  dialects: ['provisioning'],
})

export const CoalesceDocumentation: FunctionDocumentation = {
  doc: 'Gives the first value that is present. Values after it are not evaluated.',
  phrases: ['the first of {source} that has a value'],
  notes: [
    {
      text: 'Null and "" are skipped; the last argument is returned unchanged. The page mentions only null; the setting `coalesceSkipsEmpty` decides.',
      source: 'semantics 18',
    },
  ],
  examples: [
    { expression: 'Coalesce([mobile], [phone])', input: { mobile: null, phone: '12' }, result: '12' },
    { expression: 'Coalesce([mobile], [phone])', input: { mobile: '', phone: '12' }, result: '12' },
    {
      expression: 'Coalesce([mobile], [phone])',
      input: { mobile: '', phone: '12' },
      settings: { coalesceSkipsEmpty: false },
      result: '',
    },
    { expression: 'Coalesce([mobile], "")', input: { mobile: null }, result: '' },
    { expression: 'Coalesce([mobile], [phone])', input: {}, result: null },
  ],
}
