import { defineFunction } from '../functions/define.js'
import { append } from '../functions/runtime/text.js'
import { NULL, STRING } from '../values/static-type.js'
import type { Callee } from './node.js'

/** The `&` operator: as Append, null counts as "", and both null give null. */
export const concatenation: Callee = defineFunction({
  name: '&',
  family: 'text',
  parameters: [
    { name: 'left', key: 'left', type: 'String', acceptsNull: true, doc: 'The text before.' },
    { name: 'right', key: 'right', type: 'String', acceptsNull: true, doc: 'The text after.' },
  ],
  returns: STRING | NULL,
  lifts: true,
  dialects: ['cloud-sync'],
  doc: 'The two texts, one after the other.',
  examples: [],
  errors: ['AF5003', 'AF5008', 'AF5012'],
  evaluate: append,
})
