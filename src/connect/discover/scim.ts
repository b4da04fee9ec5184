import { plainAttribute } from '../../schema/entra-objects.js'
import type { AttributeType, Mutability } from '../../schema/enums.js'
import type { AttributeDefinition, ObjectDefinition } from '../../schema/model.js'
import { isJsonObject } from '../../values/json-object.js'
import { type Answer, done } from '../answer.js'
import { failureOf, type ScimClient } from '../scim/client.js'

type Members = Readonly<Record<string, unknown>>

const own = (value: Members, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined)

const textIn = (value: Members, name: string): string => {
  const found = own(value, name)
  return typeof found === 'string' ? found : ''
}

const listIn = (value: Members, name: string): readonly Members[] => {
  const found = own(value, name)
  return Array.isArray(found) ? found.filter(isJsonObject) : []
}

const types: Readonly<Record<string, AttributeType>> = {
  string: 'String',
  boolean: 'Boolean',
  integer: 'Integer',
  decimal: 'String',
  datetime: 'DateTime',
  reference: 'Reference',
  binary: 'Binary',
}

const mutabilities: Readonly<Record<string, Mutability>> = {
  readonly: 'ReadOnly',
  readwrite: 'ReadWrite',
  immutable: 'Immutable',
  writeonly: 'WriteOnly',
}

const definition = (name: string, attribute: Members): AttributeDefinition =>
  plainAttribute(name, {
    type: types[textIn(attribute, 'type').toLowerCase()] ?? 'String',
    multivalued: own(attribute, 'multiValued') === true,
    required: own(attribute, 'required') === true,
    caseExact: own(attribute, 'caseExact') === true,
    mutability: mutabilities[textIn(attribute, 'mutability').toLowerCase()] ?? 'ReadWrite',
  })

/** Types of list elements that a schema does not name. */
const usualTypes: Readonly<Record<string, readonly string[]>> = {
  emails: ['work', 'home', 'other'],
  phoneNumbers: ['work', 'mobile', 'fax'],
  addresses: ['work'],
}

/**
 * The attribute paths of an attribute of a SCIM schema: of a complex attribute its parts, of a list one
 * element of each type.
 */
const pathsOf = (attribute: Members, prefix: string): readonly AttributeDefinition[] => {
  const name = `${prefix}${textIn(attribute, 'name')}`
  const parts = listIn(attribute, 'subAttributes')
  const isComplex = textIn(attribute, 'type').toLowerCase() === 'complex' && parts.length > 0
  if (!isComplex) return [definition(name, attribute)]
  const isList = own(attribute, 'multiValued') === true
  if (!isList) {
    // A reference such as the manager is one value: its identifier.
    const isReference = parts.some((part) => textIn(part, 'name') === '$ref')
    if (isReference) return [plainAttribute(name, { type: 'Reference' })]
    return parts.map((part) => definition(`${name}.${textIn(part, 'name')}`, part))
  }
  const type = parts.find((part) => textIn(part, 'name') === 'type')
  if (type === undefined || textIn(attribute, 'name') === 'members')
    return [plainAttribute(name, { type: 'Reference', multivalued: true })]
  const values = own(type, 'canonicalValues')
  const canonical = Array.isArray(values) ? values.filter((one) => typeof one === 'string') : []
  const kinds = canonical.length > 0 ? canonical : (usualTypes[textIn(attribute, 'name')] ?? ['work'])
  return kinds.flatMap((kind) =>
    parts
      .filter((part) => !['type', 'primary', 'display', '$ref'].includes(textIn(part, 'name')))
      .map((part) => definition(`${name}[type eq ${JSON.stringify(kind)}].${textIn(part, 'name')}`, part)),
  )
}

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:'

/**
 * Reads the kinds of objects that a SCIM service describes at `/ResourceTypes` and `/Schemas` (RFC 7643, 6
 * and 7), with attribute paths as names.
 */
export const discoverScim = async (client: ScimClient): Promise<Answer<readonly ObjectDefinition[]>> => {
  const read = async (path: string): Promise<Answer<readonly Members[]>> => {
    const reply = await client.send('GET', path)
    const failure = failureOf('GET', `GET ${path}`, reply)
    if (failure !== undefined) return failure
    const body = 'body' in reply ? reply.body : undefined
    if (Array.isArray(body)) return done(body.filter(isJsonObject))
    return done(isJsonObject(body) ? listIn(body, 'Resources') : [])
  }
  const schemas = await read('/Schemas')
  if (schemas.outcome !== 'done') return schemas
  const byId = new Map(schemas.value.map((schema) => [textIn(schema, 'id'), schema]))
  const kinds = await read('/ResourceTypes')
  // A service need not have resource types: the core schemas replace them.
  const listed =
    kinds.outcome === 'done' && kinds.value.length > 0
      ? kinds.value
      : ['User', 'Group']
          .filter((name) => byId.has(CORE + name))
          .map((name): Members => ({ name, schema: CORE + name, schemaExtensions: extensionsOf(name, byId) }))
  const objects = listed.map((kind): ObjectDefinition => {
    const main = byId.get(textIn(kind, 'schema'))
    const extensions = listIn(kind, 'schemaExtensions').map((one) => textIn(one, 'schema'))
    return {
      name: textIn(kind, 'name'),
      attributes: [
        plainAttribute('id', { anchor: true, mutability: 'ReadOnly' }),
        plainAttribute('externalId'),
        ...(main === undefined ? [] : listIn(main, 'attributes').flatMap((one) => pathsOf(one, ''))),
        ...extensions.flatMap((id) =>
          listIn(byId.get(id) ?? {}, 'attributes').flatMap((one) => pathsOf(one, `${id}:`)),
        ),
      ].filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index),
      metadata: [],
      supportedApis: [],
    }
  })
  return done(objects)
}

/** The extensions of a kind of object, if only their URN shows that they belong to it. */
const extensionsOf = (kind: string, byId: ReadonlyMap<string, Members>): readonly Members[] =>
  [...byId.keys()]
    .filter((id) => /:extension:/i.test(id) && id.endsWith(`:${kind}`))
    .map((schema) => ({ schema }))
