import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { AttributeType } from '../schema/enums.js'
import type { AttributeDefinition } from '../schema/model.js'
import { display } from '../values/text.js'
import type { Value } from '../values/value.js'
import { elementPath, normalPath, parseScimPath, type ScimPath } from './path.js'
import { findConflicts, ScimPathTable } from './path-table.js'
import { emptyObject, type ScimValue, toScim, unfit } from './value.js'

/** The attribute definitions of a target object; `ObjectAttributes` of a schema is one. */
export interface TargetAttributes {
  get(name: string): AttributeDefinition | undefined
}

/** Target attribute paths and the values that flow to them. Null counts as absent. */
export type FlatValues = ReadonlyMap<string, Value>

/** One place of a resource with its JSON value. */
export interface ResourceValue {
  readonly path: ScimPath
  readonly value: Exclude<ScimValue, null>
  /** The list of references whose elements are added and removed individually. */
  readonly members: boolean
}

/** The places of a resource, by their paths in normal form. */
export interface ResourceValues {
  readonly entries: ReadonlyMap<string, ResourceValue>
  /** The paths whose value does not match the target's type: the target keeps its value. */
  readonly unfit: readonly ScimPath[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Multi-valued attributes of RFC 7643 whose elements are objects with a `value`. */
const complexLists: ReadonlySet<string> = new Set([
  'emails',
  'phoneNumbers',
  'ims',
  'photos',
  'groups',
  'entitlements',
  'roles',
  'x509Certificates',
  'members',
])

const ENTERPRISE = /^urn:ietf:params:scim:schemas:extension:enterprise:2\.0:User$/i

/** The manager of a user: a reference that the resource stores as an object with a `value`. */
export const isReferenceValue = (path: ScimPath): boolean =>
  path.attribute === 'manager' && path.extension !== undefined && ENTERPRISE.test(path.extension)

/** The type of a target without a definition: Boolean where RFC 7643 says so. */
export const typeOf = (path: ScimPath, definition: AttributeDefinition | undefined): AttributeType =>
  definition?.type ??
  ((path.extension === undefined && path.attribute === 'active') || path.subAttribute === 'primary'
    ? 'Boolean'
    : 'String')

const wrapped = (value: ScimValue): ScimValue => {
  if (typeof value === 'object') return value
  const result: Record<string, ScimValue> = emptyObject()
  result.value = value
  return result
}

/** Whether a place contains a list of objects by RFC 7643. */
export const isComplexList = ({ extension, attribute, subAttribute }: ScimPath): boolean =>
  subAttribute === undefined && extension === undefined && complexLists.has(attribute)

/** The JSON value of a place, null if there is none. */
export const resourceValueOf = (
  path: ScimPath,
  value: Value,
  definition: AttributeDefinition | undefined,
): ScimValue | typeof unfit => {
  const type = typeOf(path, definition)
  const whole = path.subAttribute === undefined
  const complexList = isComplexList(path)
  const isList = complexList || (definition?.multivalued ?? Array.isArray(value))
  if (!isList) {
    // The single element of a list counts; the mapping has already refused longer lists.
    const single = Array.isArray(value) && value.length === 1 ? (value[0] as Value) : value
    const converted = toScim(single, type)
    return converted !== unfit && converted !== null && whole && isReferenceValue(path)
      ? wrapped(converted)
      : converted
  }
  const elements = (Array.isArray(value) ? (value as readonly Value[]) : [value]).map((e) => toScim(e, type))
  const present: ScimValue[] = []
  for (const element of elements) {
    if (element === unfit) return unfit
    if (element !== null && element !== '') present.push(complexList ? wrapped(element) : element)
  }
  return present.length === 0 ? null : present
}

/** A primary role is sent with this type unless the mapping sets another. */
export const ROLE_TYPE = 'WindowsAzureActiveDirectoryRole'

export const isPrimaryRole = ({ attribute, predicate }: ScimPath): boolean =>
  attribute === 'roles' && predicate?.attribute === 'primary'

const addRoleTypes = (entries: Map<string, ResourceValue>): void => {
  for (const { path } of [...entries.values()]) {
    if (!isPrimaryRole(path)) continue
    const text = `${elementPath(path, false)}.type`
    const type: ScimPath = { ...path, text, subAttribute: 'type' }
    if (!entries.has(normalPath(type)))
      entries.set(normalPath(type), { path: type, value: ROLE_TYPE, members: false })
  }
}

/** The faults of the target paths of a mapping; spans are within the path in the message. */
export const checkScimPaths = (texts: Iterable<string>): readonly Diagnostic[] => {
  const results = [...texts].map(parseScimPath)
  const paths = results.flatMap(({ path }) => (path === undefined ? [] : [path]))
  return [...results.flatMap((result) => result.diagnostics), ...findConflicts(paths)]
}

/** The places for flat values, typed by the target's attribute definitions. */
export const resourceValues = (
  values: FlatValues,
  attributes?: TargetAttributes,
  table: ScimPathTable = new ScimPathTable(values.keys()),
): ResourceValues => {
  const diagnostics: Diagnostic[] = []
  const entries = new Map<string, ResourceValue>()
  const paths: ScimPath[] = []
  const misfits: ScimPath[] = []
  for (const [text, value] of values) {
    const { path, key, diagnostics: faults } = table.get(text)
    if (path === undefined) {
      diagnostics.push(...faults)
      continue
    }
    paths.push(path)
    const definition = attributes?.get(text)
    const converted = resourceValueOf(path, value, definition)
    if (converted === unfit) {
      misfits.push(path)
      const args = { path: text, expected: typeOf(path, definition), value: display(value) }
      diagnostics.push(diagnostic('AF4202', { start: 0, end: text.length }, args, { path: text }))
    } else if (converted !== null && converted !== '') {
      const members = path.attribute === 'members' && path.extension === undefined && Array.isArray(converted)
      entries.set(key, { path, value: converted, members })
    }
  }
  if (!table.conflictFree || !table.covers(values.keys())) diagnostics.push(...findConflicts(paths))
  addRoleTypes(entries)
  return { entries, unfit: misfits, diagnostics }
}
