import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { requireMade } from '../values/misuse.js'
import { managerAs, type PatchForm } from './patch-form.js'
import type { ScimPath } from './path.js'
import type { ScimPathTable } from './path-table.js'
import {
  type FlatValues,
  isReferenceValue,
  type ResourceValues,
  resourceValues,
  type TargetAttributes,
} from './resource-values.js'
import { emptyObject, type ScimObject, type ScimValue } from './value.js'

/** A resource for a create request. */
export interface ScimResource {
  readonly resource: ScimObject
  /** AF4201 to AF4203; the affected values are left out. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The facts about the target that assembly needs. */
export interface ScimTarget {
  /** Name of the target object: a schema URN in SCIM schemas, or `User` or `Group`. */
  readonly objectName?: string
  readonly attributes?: TargetAttributes
  /** The parsed paths of all values. Default: they are parsed for each call. */
  readonly paths?: ScimPathTable
  /** How the target represents the manager of a user. Default: as an object with a `value`. */
  readonly manager?: PatchForm['manager']
}

/**
 * URN of the core schema for a target object. Jobs name users after the enterprise extension, or, in old
 * ones, irregularly.
 */
export const coreSchemaOf = (objectName = 'User'): string => {
  const kind = /:?(\w+)$/.exec(objectName)?.[1] ?? 'User'
  if (/^(user|group)$/i.test(kind))
    return `urn:ietf:params:scim:schemas:core:2.0:${kind.toLowerCase() === 'user' ? 'User' : 'Group'}`
  return objectName
}

type Mutable = Record<string, ScimValue>

const isObject = (value: ScimValue | undefined): value is Mutable =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object with a name, created if absent; undefined if the name has another value. */
const child = (parent: Mutable, name: string): Mutable | undefined => {
  parent[name] ??= emptyObject()
  return isObject(parent[name]) ? parent[name] : undefined
}

/**
 * The object that contains the last name of a path: the resource, an extension, a complex value or an
 * element. Undefined if a conflicting path (AF4203) has another value there.
 */
const holder = (resource: Mutable, path: ScimPath): Mutable | undefined => {
  const scope = path.extension === undefined ? resource : child(resource, path.extension)
  if (path.subAttribute === undefined || scope === undefined) return scope
  if (path.predicate === undefined) return child(scope, path.attribute)
  const { attribute, value } = path.predicate
  scope[path.attribute] ??= []
  const elements = scope[path.attribute] as ScimValue[]
  if (!Array.isArray(elements)) return undefined
  let element = elements.filter(isObject).find((candidate) => candidate[attribute] === value)
  if (element === undefined) {
    element = emptyObject()
    element[attribute] = value
    elements.push(element)
  }
  return element
}

/** Combines resource values into a resource, with the schemas it uses. */
export const resourceOf = (
  { entries }: ResourceValues,
  objectName?: string,
  manager: PatchForm['manager'] = 'object',
): ScimObject => {
  const resource = emptyObject()
  const schemas = [coreSchemaOf(objectName)]
  resource.schemas = schemas
  for (const { path, value } of entries.values()) {
    if (path.extension !== undefined && !schemas.includes(path.extension)) schemas.push(path.extension)
    const object = holder(resource, path)
    if (object !== undefined)
      object[path.subAttribute ?? path.attribute] = isReferenceValue(path) ? managerAs(manager, value) : value
  }
  return resource
}

/**
 * Requires the values of a resource by their paths.
 * @throws {TypeError} for anything else
 */
export const requireFlat = (values: FlatValues): void =>
  requireMade(values, 'entries', 'a map of target attributes to values, such as flowingValues(mapped)')

/**
 * The SCIM 2.0 resource that a create request posts. Values have the types of the target's attribute
 * definitions; null and "" are left out; several targets with the same bracket predicate build one element.
 * @example
 * createResource(new Map([['userName', 'ada'], ['name.givenName', 'Ada']])).resource.name // { givenName: 'Ada' }
 */
export const createResource = (values: FlatValues, target: ScimTarget = {}): ScimResource => {
  requireFlat(values)
  const entries = resourceValues(values, target.attributes, target.paths)
  return {
    resource: resourceOf(entries, target.objectName, target.manager),
    diagnostics: entries.diagnostics,
  }
}
