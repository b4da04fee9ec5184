import { applyEdits, format } from 'jsonc-parser'
import { writeObject } from './field.js'
import { nodeSpan } from './json-document.js'
import { ownPlace, placeOf } from './layout.js'
import { origin, type SynchronizationSchema } from './model.js'
import { synchronizationSchema } from './shapes.js'

/**
 * The JSON text of a schema. One that was read keeps its text to the last blank, with the wrapper and the byte
 * order mark it came with; only members whose value was changed in a copy of the model are written anew, so that
 * a change shows as a small difference between the files, and laid out as what is around them. One that was made by hand is written in full.
 */
export const writeSchema = (schema: SynchronizationSchema): string => {
  const from = schema[origin]
  const place = from === undefined ? ownPlace : placeOf(from.document, from.node)
  const text = writeObject(synchronizationSchema, schema, place)
  if (from === undefined) {
    const blanks = format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' })
    return `${applyEdits(text, blanks)}\n`
  }
  const { start, end } = nodeSpan(from.node)
  const whole = from.document.source.text
  return whole.slice(0, start) + text + whole.slice(end)
}
