import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { altSecIdFromNetid } from '../runtime/directory.js'

export const AltSecIdFromNetid: FunctionDefinition = defineFunction({
  name: 'AltSecIdFromNetid',
  family: 'directory',
  parameters: [{ name: 'source', type: 'String', doc: 'The attribute [netid].' }],
  returns: 0,
  dialects: [],
  purity: 'contextual',
  takesContext: false,
  errors: ['AF5007'],
  evaluate: altSecIdFromNetid,
})

export const AltSecIdFromNetidDocumentation: FunctionDocumentation = {
  doc: 'Gives the alternative security identifier by which cross-tenant jobs match users.',
  phrases: ['the alternative security identifier of {source}'],
  notes: [
    {
      text: 'It is only in the templates of cross-tenant synchronization, and only the service can evaluate it.',
      source: 'schema templates',
    },
  ],
  examples: [
    { expression: 'AltSecIdFromNetid([netid])', input: { netid: '1003200012345678' }, error: 'AF5007' },
    { expression: 'AltSecIdFromNetid([netid])', input: { netid: null }, result: null },
  ],
}
