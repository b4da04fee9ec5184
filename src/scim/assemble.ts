import type { Diagnostic } from '../diagnostics/diagnostic.js'
import {
  type FlatValues,
  isReferenceValue,
  type ScimLeaves,
  scimLeaves,
  type TargetAttributes,
} from './leaves.js'
import { managerAs, type PatchForm } from './patch-form.js'
import type { ScimPath } from './path.js'
import type { ScimPathTable } from './path-table.js'
import { emptyObject, type ScimObject, type ScimValue } from './value.js'

/** A resource for a create request. */
export interface ScimResource {
  readonly resource: ScimObject
  /** AF4201 to AF4203; a value they are about is left out. */
  readonly diagnostics: readonly Diagnostic[]
}

/** What assembly needs to know about the target. */
export interface ScimTarget {
  /** Name of the target object: a schema URN in SCIM schemas, or `User` or `Group`. */
  readonly objectName?: string
  readonly attributes?: TargetAttributes
  /** The paths of all values, parsed ahead. Default: they are parsed for each call. */
  readonly paths?: ScimPathTable
  /** How it takes the manager of a user. Default: as an object with a `value`. */
  readonly manager?: PatchForm['manager']
}

/** URN of the core schema for a target object. Jobs name users after the enterprise extension, old ones oddly. */
export const coreSchemaOf = (objectName = 'User'): string => {
  const kind = /:?(\w+)$/.exec(objectName)?.[1] ?? 'User'
  if (/^(user|group)$/i.test(kind))
    return `urn:ietf:params:scim:schemas:core:2.0:${kind.toLowerCase() === 'user' ? 'User' : 'Group'}`
  return objectName
}

type Mutable = Record<string, ScimValue>

const isObject = (value: ScimValue | undefined): value is Mutable =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object with a name, made where there is none; undefined when something else has the name. */
const child = (parent: Mutable, name: string): Mutable | undefined => {
  parent[name] ??= emptyObject()
  return isObject(parent[name]) ? parent[name] : undefined
}

/**
 * The object that holds the last name of a path: the resource, an extension, a complex value or an element. Undefined
 * when a conflicting path (AF4203) has put something else there.
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

/** Puts leaves together to a resource, with the schemas it uses. */
export const resourceOf = (
  { leaves }: ScimLeaves,
  objectName?: string,
  manager: PatchForm['manager'] = 'object',
): ScimObject => {
  const resource = emptyObject()
  const schemas = [coreSchemaOf(objectName)]
  resource.schemas = schemas
  for (const { path, value } of leaves.values()) {
    if (path.extension !== undefined && !schemas.includes(path.extension)) schemas.push(path.extension)
    const object = holder(resource, path)
    if (object !== undefined)
      object[path.subAttribute ?? path.attribute] = isReferenceValue(path) ? managerAs(manager, value) : value
  }
  return resource
}

/**
 * The SCIM 2.0 resource that a create request posts. Values are typed as the target's attribute definitions say;
 * null and "" are left out; several targets with one bracket predicate build one element.
 */
export const createResource = (values: FlatValues, target: ScimTarget = {}): ScimResource => {
  const leaves = scimLeaves(values, target.attributes, target.paths)
  return { resource: resourceOf(leaves, target.objectName, target.manager), diagnostics: leaves.diagnostics }
}
