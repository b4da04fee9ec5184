import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { textItself } from '../runtime/conversion.js'
import { textOfFirst } from '../transfer.js'

export const CStr: FunctionDefinition = defineFunction({
  name: 'CStr',
  family: 'conversion',
  parameters: [{ name: 'value', key: 'source', type: 'String', doc: 'The value.' }],
  returns: STRING,
  yields: textOfFirst,
  foreignNames: ['tostring', 'str'],
  dialects: ['provisioning', 'cloud-sync'],
  mapsOverLists: true,
  evaluate: textItself,
})

export const CStrDocumentation: FunctionDocumentation = {
  doc: 'Gives the value as text.',
  phrases: ['the text of {value}'],
  notes: [
    {
      text: 'A Boolean becomes True or False, a date its text in the form M/d/yyyy h:mm:ss tt.',
      source: 'semantics 11',
    },
  ],
  examples: [
    {
      expression: 'CStr([dn])',
      input: { dn: 'CN=Ada,DC=example,DC=org' },
      result: 'CN=Ada,DC=example,DC=org',
    },
    { expression: 'CStr([active])', input: { active: true }, result: 'True' },
    { expression: 'CStr([dn])', input: { dn: null }, result: null },
    { expression: 'CStr([role])', input: { role: { value: 'x' } }, error: 'AF5008' },
  ],
}
