import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { defaultDomain } from '../runtime/directory.js'

export const DefaultDomain: FunctionDefinition = defineFunction({
  name: 'DefaultDomain',
  family: 'directory',
  parameters: [],
  returns: STRING,
  dialects: [],
  purity: 'contextual',
  errors: ['AF5007'],
  evaluate: defaultDomain,
})

export const DefaultDomainDocumentation: FunctionDocumentation = {
  doc: 'Gives the default domain of the target tenant.',
  phrases: ['the default domain'],
  notes: [
    { text: 'Its value is the setting `defaultDomain`.', source: 'semantics 26' },
    {
      text: 'It is in the function list of Graph, but not on a reference page.',
      source: 'Graph function list',
    },
  ],
  examples: [
    {
      expression: 'Join("@", [alias], DefaultDomain())',
      input: { alias: 'ada' },
      settings: { defaultDomain: 'example.org' },
      result: 'ada@example.org',
    },
    { expression: 'DefaultDomain()', error: 'AF5007' },
  ],
}
