import { NULL, STRING } from '../values/static-type.js'
import { defineFunction, type FunctionDefinition } from './define.js'
import { append } from './runtime/text.js'
import { appended } from './transfer.js'

/** The `&` operator: as Append, null counts as "", and both null give null. */
export const concatenation: FunctionDefinition = defineFunction({
  name: '&',
  family: 'text',
  parameters: [
    { name: 'left', key: 'left', type: 'String', acceptsNull: true, doc: 'The text before.' },
    { name: 'right', key: 'right', type: 'String', acceptsNull: true, doc: 'The text after.' },
  ],
  returns: ([left = 0, right = 0]) => STRING | (left & right & NULL),
  yields: appended,
  mapsOverLists: true,
  dialects: ['cloud-sync'],
  doc: 'The two texts, one after the other.',
  examples: [],
  errors: ['AF5012'],
  evaluate: append,
})
