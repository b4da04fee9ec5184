import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { dnComponent } from '../runtime/identifiers.js'

export const DNComponent: FunctionDefinition = defineFunction({
  name: 'DNComponent',
  family: 'directory',
  parameters: [
    {
      name: 'dn',
      key: 'source',
      type: 'String',
      form: 'a distinguished name',
      takesReferences: true,
      doc: 'A distinguished name.',
    },
    {
      name: 'number',
      key: 'index',
      type: 'Integer',
      doc: 'The position of the component, counted from 1 at the left.',
    },
  ],
  returns: STRING,
  dialects: ['cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5002'],
  evaluate: dnComponent,
})

export const DNComponentDocumentation: FunctionDocumentation = {
  doc: 'Gives the value of one component of a distinguished name, without its type.',
  phrases: ['component {number} of the distinguished name {dn}'],
  notes: [{ text: 'Escapes are resolved: CN=Berg\\, Ada gives Berg, Ada.', source: 'RFC 4514' }],
  examples: [
    {
      expression: 'DNComponent([dn], 1)',
      input: { dn: 'CN=Ada Berg,OU=Staff,DC=example,DC=org' },
      result: 'Ada Berg',
    },
    { expression: 'DNComponent([dn], 1)', input: { dn: null }, result: null },
    { expression: 'DNComponent([dn], 1)', input: { dn: 'Ada Berg' }, error: 'AF5001' },
    { expression: 'DNComponent([dn], 9)', input: { dn: 'CN=Ada' }, error: 'AF5002' },
  ],
}
