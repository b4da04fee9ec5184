import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type Reading, readObject } from './field.js'
import { JsonDocument, type JsonNode, jsonText, memberOf, nodeSpan } from './json-document.js'
import type { ObjectDefinition, SynchronizationSchema } from './model.js'
import { objectDefinition, synchronizationSchema } from './shapes.js'

/** What reading a schema yields. */
export interface SchemaReading {
  /** Undefined only if the text is not JSON or holds no schema. */
  readonly schema: SynchronizationSchema | undefined
  /** Faults of syntax and form; spans point into the document. Names are checked by `validateSchema`. */
  readonly diagnostics: readonly Diagnostic[]
  readonly document: JsonDocument
}

const textOf = (json: unknown): string => {
  if (typeof json === 'string') return json
  return json instanceof Uint8Array ? new TextDecoder().decode(json) : jsonText(json)
}

/** The object that is the schema: the root, or the `schema` of a job or template around it. */
const schemaNode = (root: JsonNode): JsonNode | undefined => {
  const isSchema = (node: JsonNode): boolean =>
    node.type === 'object' &&
    (memberOf(node, 'synchronizationRules') !== undefined || memberOf(node, 'directories') !== undefined)
  if (isSchema(root)) return root
  const inner = memberOf(root, 'schema')
  return inner !== undefined && isSchema(inner) ? inner : undefined
}

/**
 * Reads a Graph `synchronizationSchema`, bare or as the `schema` of a job or template. Never throws, never fails
 * because of something it does not know, and keeps all of it for `writeSchema`.
 * @param json the text of the file, its bytes as UTF-8, or a value already parsed
 * @param name file name, for messages
 */
export const readSchema = (json: unknown, name?: string): SchemaReading => {
  const document = new JsonDocument(textOf(json), name)
  const { root } = document
  if (root === undefined) return { schema: undefined, diagnostics: document.diagnostics, document }
  const node = schemaNode(root)
  if (node === undefined) {
    const reason = 'neither synchronizationRules nor directories is there'
    const fault = diagnostic('AF4002', nodeSpan(root), { reason }, { path: '$' })
    return { schema: undefined, diagnostics: [fault], document }
  }
  const reading: Reading = { document, diagnostics: [] }
  return {
    schema: readObject(synchronizationSchema, node, reading),
    diagnostics: reading.diagnostics,
    document,
  }
}

/** Reads a Graph `objectDefinition` that stands alone; undefined if it is no object. Its faults are not reported. */
export const readObjectDefinition = (value: unknown): ObjectDefinition | undefined => {
  const document = new JsonDocument(jsonText(value))
  return document.root?.type === 'object'
    ? readObject(objectDefinition, document.root, { document, diagnostics: [] })
    : undefined
}
