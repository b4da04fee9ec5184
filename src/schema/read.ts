import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type Reading, readObject } from './field.js'
import { JsonDocument, type JsonNode, jsonText, memberOf, nodeSpan } from './json-document.js'
import type { ObjectDefinition, SynchronizationSchema } from './model.js'
import { memberNames, objectDefinition, synchronizationSchema } from './shapes.js'

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

/** Whether an object is a schema by itself. */
const isSchemaNode = (node: JsonNode): boolean =>
  node.type === 'object' &&
  (memberOf(node, 'synchronizationRules') !== undefined || memberOf(node, 'directories') !== undefined)

/**
 * The schemas that a document holds: the root, the `schema` of a job or template, those of a list or page of them, and
 * those in the answers of a batch.
 */
const schemaNodes = (node: JsonNode): readonly JsonNode[] => {
  if (isSchemaNode(node)) return [node]
  if (node.type === 'array') return (node.children ?? []).flatMap(schemaNodes)
  for (const name of ['schema', 'value', 'responses', 'body']) {
    const inner = memberOf(node, name)
    const found = inner === undefined ? [] : schemaNodes(inner)
    if (found.length > 0) return found
  }
  return []
}

/** Why a document is not one schema. */
const noSchema = (count: number, root: JsonNode): string => {
  if (count > 0) return `it holds ${count} of them; keep the one that is meant`
  const error = memberOf(root, 'error')
  if (error?.type === 'object') {
    const words = ['code', 'message'].map((name) => String(memberOf(error, name)?.value ?? ''))
    return `it is an error answer: ${words.filter((word) => word !== '').join(', ')}`
  }
  if (root.type === 'string') return 'it is a text in quotes: the JSON was encoded twice'
  return holdsObjects(root)
    ? 'it is a population, whose objects are given to --source'
    : 'neither synchronizationRules nor directories is there'
}

const objectMembers = [
  'id',
  'userPrincipalName',
  'userName',
  'displayName',
  'mail',
  'employeeId',
  'externalId',
  'schemas',
]

/** Whether a document looks like users, groups or workers: one, a list, or a page of them. */
const holdsObjects = (node: JsonNode): boolean => {
  const list = node.type === 'array' ? node : (memberOf(node, 'value') ?? memberOf(node, 'Resources'))
  const one = list?.type === 'array' ? list.children?.[0] : node
  return (
    one?.type === 'object' &&
    objectMembers.filter(
      (name) => memberOf(one, name) ?? memberOf(one, name[0]!.toUpperCase() + name.slice(1)),
    ).length >= 2
  )
}

/**
 * Reads a Graph `synchronizationSchema`, bare, as the `schema` of a job or template, or as the only one in a list of them. Never throws, never fails
 * because of something it does not know, and keeps all of it for `writeSchema`.
 * @param json the text of the file, its bytes as UTF-8, or a value already parsed
 * @param name file name, for messages
 * @example
 * const { schema, diagnostics } = readSchema(readFileSync('schema.json'), 'schema.json')
 * schema?.synchronizationRules.length // 1
 * diagnostics.length // 0
 */
export const readSchema = (json: unknown, name?: string): SchemaReading => {
  const document = new JsonDocument(textOf(json), name)
  const { root } = document
  if (root === undefined) return { schema: undefined, diagnostics: document.diagnostics, document }
  const found = schemaNodes(root)
  const [node] = found
  if (node === undefined || found.length > 1) {
    const reason = noSchema(found.length, root)
    const fault = diagnostic('AF4002', nodeSpan(root), { reason }, { path: '$' })
    return { schema: undefined, diagnostics: [fault], document }
  }
  const reading: Reading = { document, diagnostics: [], memberNames }
  const schema = readObject(synchronizationSchema, node, reading)
  // A list of one that became a text is then part of the same damage.
  const diagnostics =
    reading.cutOff === undefined
      ? reading.diagnostics
      : reading.diagnostics.filter(({ code }) => code !== 'AF4007')
  return { schema, diagnostics, document }
}

/** Reads a Graph `objectDefinition` that stands alone; undefined if it is no object. Its faults are not reported. */
export const readObjectDefinition = (value: unknown): ObjectDefinition | undefined => {
  const document = new JsonDocument(jsonText(value))
  return document.root?.type === 'object'
    ? readObject(objectDefinition, document.root, { document, diagnostics: [] })
    : undefined
}
