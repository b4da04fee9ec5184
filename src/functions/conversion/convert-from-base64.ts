import { STRING } from '../../values/static-type.js'
import { defineFunction, type FunctionDefinition, type FunctionDocumentation } from '../define.js'
import { convertFromBase64 } from '../runtime/encoding.js'

export const ConvertFromBase64: FunctionDefinition = defineFunction({
  name: 'ConvertFromBase64',
  family: 'conversion',
  parameters: [
    { name: 'source', type: 'String', form: 'Base64', doc: 'The Base64 text.' },
    {
      name: 'encoding',
      type: 'String',
      required: false,
      values: ['Unicode', 'ASCII', 'UTF8'],
      doc: 'Unicode (UTF-16), the default, ASCII or UTF8.',
    },
  ],
  returns: STRING,
  dialects: ['cloud-sync'],
  mapsOverLists: true,
  errors: ['AF5001', 'AF5013'],
  evaluate: convertFromBase64,
})

export const ConvertFromBase64Documentation: FunctionDocumentation = {
  doc: 'Gives the text that Base64 encodes.',
  phrases: [
    'the text that {source} encodes in Base64',
    'the text that {source} encodes in Base64, read as {encoding}',
  ],
  notes: [
    {
      text: 'The default encoding is UTF-16: Base64 made by other systems usually needs UTF8.',
      source: 'cloud sync reference page',
    },
  ],
  examples: [
    { expression: 'ConvertFromBase64([code])', input: { code: 'QQBkAGEA' }, result: 'Ada' },
    { expression: 'ConvertFromBase64([code], UTF8)', input: { code: 'QWRh' }, result: 'Ada' },
    { expression: 'ConvertFromBase64([code])', input: { code: null }, result: null },
    { expression: 'ConvertFromBase64([code])', input: { code: 'a' }, error: 'AF5001' },
  ],
}
