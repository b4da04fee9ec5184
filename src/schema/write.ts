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
 * The JSON text of a schema. A schema that was read keeps its text exactly, with wrapper and byte order mark.
 * Only members whose value was changed in a copy of the model are rewritten, with the layout of their
 * surroundings, so that the file differs little. A schema made by hand is written in full; one with the
 * member names of Graph PowerShell is rewritten with Graph's own names.
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
  // Graph accepts only its own names.
  return from.document.pascalCase ? graphForm(written) : written
}
