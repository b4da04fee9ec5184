import { applyEdits, format } from 'jsonc-parser'
import { writeObject } from './field.js'
import { jsonText, nodeSpan } from './json-document.js'
import { ownPlace, writePlaceOf } from './layout.js'
import { origin, type SynchronizationSchema } from './model.js'
import { inGraphForm } from './pascal-case.js'
import { synchronizationSchema } from './shapes.js'

const laidOut = (json: string): string =>
  `${applyEdits(json, format(json, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }))}\n`

const graphForm = (json: string): string =>
  laidOut(jsonText(inGraphForm(JSON.parse(json.replace(/^\ufeff/, '')))))

/**
 * The JSON text of a schema. One that was read keeps its text to the last blank, with the wrapper and the byte
 * order mark it came with; only members whose value was changed in a copy of the model are written anew, so that
 * a change shows as a small difference between the files, and laid out as what is around them. One that was made by
 * hand is written in full, and one with the member names of Graph PowerShell anew with Graph's own names.
 */
export const writeSchema = (schema: SynchronizationSchema): string => {
  const from = schema[origin]
  const place = from === undefined ? ownPlace : writePlaceOf(from.document, from.node)
  const text = writeObject(synchronizationSchema, schema, place)
  if (from === undefined) {
    return laidOut(text)
  }
  const { start, end } = nodeSpan(from.node)
  const whole = from.document.source.text
  const written = whole.slice(0, start) + text + whole.slice(end)
  // Graph takes its own names only.
  return from.document.pascalCase ? graphForm(written) : written
}
