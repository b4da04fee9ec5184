import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { Misuse } from '../values/misuse.js'
import { requireOptions, text } from '../values/options.js'
import { type Reading, readObject } from './field.js'
import { JsonDocument, type JsonNode, jsonText, memberOf } from './json-document.js'
import type { ObjectDefinition, SynchronizationSchema } from './model.js'
import { nodeSpan } from './node-span.js'
import { memberNames, objectDefinition, synchronizationSchema } from './shapes.js'

/** The result of reading a schema. */
export interface SchemaReading {
  /** Undefined only if the text is not JSON or contains no schema. */
  readonly schema: SynchronizationSchema | undefined
  /** Faults of syntax and form; spans point into the document. Names are checked by `validateSchema`. */
  readonly diagnostics: readonly Diagnostic[]
  readonly document: JsonDocument
}

const textOf = (json: unknown): string => {
  if (typeof json === 'string') return json
  return json instanceof Uint8Array ? new TextDecoder().decode(json) : jsonText(json)
}

/** Whether an object is itself a schema. */
const isSchemaNode = (node: JsonNode): boolean =>
  node.type === 'object' &&
  (memberOf(node, 'synchronizationRules') !== undefined || memberOf(node, 'directories') !== undefined)

/**
 * A schema in a document, and the names by which it can be chosen: its own, and those of its job or template.
 */
interface HeldSchema {
  readonly node: JsonNode
  readonly names: readonly string[]
}

const namesOf = (node: JsonNode): readonly string[] =>
  ['id', 'name', 'displayName', 'factoryTag'].flatMap((name) => {
    const value = memberOf(node, name)?.value
    return typeof value === 'string' && value !== '' ? [value] : []
  })

/**
 * The schemas in a document: the root, the `schema` of a job or template, those in a list or page of them,
 * and those in the answers of a batch.
 */
const schemasIn = (node: JsonNode, names: readonly string[] = []): readonly HeldSchema[] => {
  if (isSchemaNode(node)) return [{ node, names: [...names, ...namesOf(node)] }]
  if (node.type === 'array') return (node.children ?? []).flatMap((one) => schemasIn(one, names))
  for (const name of ['schema', 'value', 'responses', 'body']) {
    const inner = memberOf(node, name)
    const found =
      inner === undefined ? [] : schemasIn(inner, name === 'value' ? [] : [...names, ...namesOf(node)])
    if (found.length > 0) return found
  }
  return []
}

/**
 * The name of each schema of a file in messages: the first name that no other schema has, else its number.
 */
const labelsOf = (held: readonly HeldSchema[]): readonly string[] =>
  held.map(
    ({ names }, index) =>
      names.find((name) => held.filter((other) => other.names.includes(name)).length === 1) ?? `${index + 1}`,
  )

const MOST_LABELS = 20

/** The chosen schema, or why the choice is not clear. */
const chosenSchema = (held: readonly HeldSchema[], choice: string | undefined): JsonNode | string => {
  const labels = labelsOf(held)
  const list = [...labels.slice(0, MOST_LABELS), ...(labels.length > MOST_LABELS ? ['…'] : [])].join(', ')
  const [first] = held
  if (choice === undefined)
    return first !== undefined && held.length === 1
      ? first.node
      : `it holds ${held.length} of them; choose one by its name (--job on the command line): ${list}`
  const named = held.filter(({ names }) => names.includes(choice))
  const found = named.length > 0 ? named : held.filter((_, index) => `${index + 1}` === choice)
  if (found[0] !== undefined && found.length === 1) return found[0].node
  return found.length === 0
    ? `it holds none with the name ${choice}, but ${list}`
    : `it holds ${found.length} with the name ${choice}; choose one of ${list}`
}

/** Why a document contains no schema. */
const noSchema = (root: JsonNode): string => {
  const error = memberOf(root, 'error')
  if (error?.type === 'object') {
    const words = ['code', 'message'].map((name) => String(memberOf(error, name)?.value ?? ''))
    return `it is an error answer: ${words.filter((word) => word !== '').join(', ')}`
  }
  const answers = memberOf(root, 'responses')?.children ?? []
  for (const answer of answers) {
    const body = memberOf(answer, 'body')
    if (body !== undefined && memberOf(body, 'error') !== undefined) return noSchema(body)
  }
  if (memberOf(root, 'terraform_version') !== undefined) return 'it is a state of Terraform'
  const listed = memberOf(root, 'value')?.children?.[0]
  if (listed !== undefined && ['schedule', 'factoryTag'].some((name) => memberOf(listed, name) !== undefined))
    return 'it lists jobs or templates without their schemas'
  if (root.type === 'string') return 'it is a text in quotes: the JSON was encoded twice'
  return holdsObjects(root)
    ? 'it is a population; pass it with --source'
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
      (name) => memberOf(one, name) ?? memberOf(one, name.charAt(0).toUpperCase() + name.slice(1)),
    ).length >= 2
  )
}

/** Whether a JSON text looks like a synchronization schema. */
export const looksLikeSchema = (text: string): boolean => /"synchronizationRules"\s*:/i.test(text)

/**
 * Reads a Graph `synchronizationSchema`, bare, as the `schema` of a job or template, or as one in a list of
 * them. Never throws for its content, never fails because of unknown members, and keeps them for `writeSchema`.
 * @param json the text of the file, its bytes as UTF-8, or a value already parsed
 * @param name file name, for messages
 * @param choice the schema to read if the file has several: the id or name of its job or template, or its
 * number
 * @throws {TypeError} for a name or a choice that is not a text, and for undefined, a function or a promise
 * @example
 * const { schema, diagnostics } = readSchema(readFileSync('schema.json'), 'schema.json')
 * schema?.synchronizationRules.length // 1
 * diagnostics.length // 0
 */
export const readSchema = (json: unknown, name?: string, choice?: string): SchemaReading => {
  requireOptions({ name, choice }, { name: text, choice: text })
  if (json === undefined || typeof json === 'function' || json instanceof Promise)
    throw new Misuse('a schema is text, bytes or a parsed object; await a promise first')
  return readDocument(new JsonDocument(textOf(json), name), choice)
}

/** {@link readSchema} for a document. */
export const readDocument = (document: JsonDocument, choice?: string): SchemaReading => {
  const { root } = document
  if (root === undefined) return { schema: undefined, diagnostics: document.diagnostics, document }
  const held = schemasIn(root)
  const node = held.length === 0 ? noSchema(root) : chosenSchema(held, choice)
  if (typeof node === 'string') {
    const fault = diagnostic('AF4002', nodeSpan(root), { reason: node }, { path: '$' })
    return { schema: undefined, diagnostics: [fault], document }
  }
  const reading: Reading = { document, diagnostics: [], memberNames }
  const schema = readObject(synchronizationSchema, node, reading)
  // A one-element list that became a text is part of the same damage.
  const diagnostics =
    reading.cutOff === undefined
      ? reading.diagnostics
      : reading.diagnostics.filter(({ code }) => code !== 'AF4007')
  return { schema, diagnostics, document }
}

/** Reads a single Graph `objectDefinition`; undefined if it is not an object. Its faults are not reported. */
export const readObjectDefinition = (value: unknown): ObjectDefinition | undefined => {
  const document = new JsonDocument(jsonText(value))
  return document.root?.type === 'object'
    ? readObject(objectDefinition, document.root, { document, diagnostics: [] })
    : undefined
}
