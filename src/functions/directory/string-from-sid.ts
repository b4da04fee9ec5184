import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { stringFromSid } from '../runtime/identifiers.js'

export const StringFromSid: FunctionDefinition = defineFunction({
  name: 'StringFromSid',
  family: 'directory',
  parameters: [
    {
      name: 'sid',
      key: 'source',
      type: 'String',
      form: 'a SID',
      graphType: 'Binary',
      doc: 'A binary security identifier, in Base64.',
    },
  ],
  returns: STRING,
  dialects: ['cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5001'],
  evaluate: stringFromSid,
})

export const StringFromSidDocumentation: FunctionDocumentation = {
  doc: 'Gives the text of a security identifier.',
  phrases: ['the text of the security identifier {sid}'],
  notes: [{ text: 'Binary attributes are Base64 in JSON.', source: 'attrflow' }],
  examples: [
    {
      expression: 'StringFromSid([objectSid])',
      input: { objectSid: 'AQIAAAAAAAUgAAAAIAIAAA==' },
      result: 'S-1-5-32-544',
    },
    { expression: 'StringFromSid([objectSid])', input: { objectSid: null }, result: null },
    { expression: 'StringFromSid([objectSid])', input: { objectSid: 'S-1-5-32-544' }, error: 'AF5001' },
  ],
}
