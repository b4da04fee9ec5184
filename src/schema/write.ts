import { parseTree } from 'jsonc-parser'
import { writeObject } from './field.js'
import { type JsonNode, jsonText } from './json-document.js'
import { ownPlace, writePlaceOf } from './layout.js'
import { origin, type SynchronizationSchema } from './model.js'
import { nodeSpan } from './node-span.js'
import { inGraphForm } from './pascal-case.js'
import { requireSchema } from './require-schema.js'
import { synchronizationSchema } from './shapes.js'

/** A node of JSON with each member and element on a line of its own; every other value as it is written. */
const linesOf = (json: string, { type, offset, length, children }: JsonNode, indent: string): string => {
  const inner = `${indent}  `
  const parts = (children ?? []).map((child) => linesOf(json, child, type === 'property' ? indent : inner))
  if (type === 'property') return parts.join(': ')
  if (type !== 'object' && type !== 'array') return json.slice(offset, offset + length)
  const [open, close] = type === 'object' ? '{}' : '[]'
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
}

const laidOut = (json: string): string => {
  const root = parseTree(json)
  return `${root === undefined ? json : linesOf(json, root, '')}\n`
}

const graphForm = (json: string): string =>
  laidOut(jsonText(inGraphForm(JSON.parse(json.replace(/^\ufeff/, '')))))

/**
 * The JSON text of a schema. A schema that was read keeps its text exactly, with wrapper and byte order mark.
 * Only members whose value was changed in a copy of the model are rewritten, with the layout of their
 * surroundings, so that the file differs little. A schema made by hand is written in full; one with the
 * member names of Graph PowerShell is rewritten with Graph's own names.
 * @example
 * const { schema } = readSchema(readFileSync('schema.json'))
 * schema && readSchema(writeSchema(schema)).diagnostics.length // 0
 */
export const writeSchema = (schema: SynchronizationSchema): string => {
  requireSchema(schema)
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
