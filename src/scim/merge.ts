import { nameIgnoringCase } from '../values/value.js'
import { type Elements, without } from './elements.js'
import { managerAs, type PatchForm } from './patch-form.js'
import type { ScimPath, ScimPredicate } from './path.js'
import { ScimPathTable } from './path-table.js'
import {
  type FlatValues,
  isReferenceValue,
  resourceValues,
  type TargetAttributes,
} from './resource-values.js'
import { emptyObject, type ScimObject, type ScimValue } from './value.js'

/** The facts about the target that a merge needs. */
export interface MergeOptions {
  readonly attributes?: TargetAttributes
  /** The parsed paths of all values. Default: they are parsed for each call. */
  readonly paths?: ScimPathTable
  /** How the target represents the manager of a user. Default: as an object with a `value`. */
  readonly manager?: PatchForm['manager']
  /** Targets to which elements are only ever added. Default none. */
  readonly addOnly?: ReadonlySet<string>
}

type Mutable = Record<string, ScimValue>

const isObject = (value: ScimValue | undefined): value is Mutable =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member by its name, ignoring case as SCIM does. */
const memberOf = (object: ScimObject, name: string): ScimValue => {
  const key = nameIgnoringCase(object, name)
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null
}

/** A copy of an object, in which any name is a plain name. */
const copyOf = (object: ScimValue): Mutable => {
  const copy = emptyObject()
  if (isObject(object)) for (const name of Object.keys(object)) copy[name] = object[name] ?? null
  return copy
}

const put = (object: Mutable, name: string, value: ScimValue): void => {
  const key = nameIgnoringCase(object, name)
  if (value === null) delete object[key]
  else object[key] = value
}

const elementsOf = (value: ScimValue): Elements => (Array.isArray(value) ? (value as Elements) : [])

/** What an element may still have when its last value is gone. */
const besidesValues: ReadonlySet<string> = new Set(['type', 'primary', 'display', '$ref'])

/** The elements of a list after a value of the element that the path selects is set, or removed by null. */
const withElement = (
  list: ScimValue,
  { attribute, value: wanted }: ScimPredicate,
  subAttribute: string,
  value: ScimValue,
): ScimValue => {
  const selects = (one: ScimValue): boolean =>
    isObject(one) && String(memberOf(one, attribute)).toLowerCase() === String(wanted).toLowerCase()
  const elements = [...elementsOf(list)]
  const found = elements.findIndex(selects)
  if (found < 0 && value === null) return list
  const at = found < 0 ? elements.length : found
  const element = copyOf(elements[at] ?? null)
  if (found < 0) element[attribute] = wanted
  put(element, subAttribute, value)
  if (Object.keys(element).every((name) => name === attribute || besidesValues.has(name)))
    elements.splice(at, 1)
  else elements[at] = element
  return elements.length === 0 ? null : elements
}

/** A whole attribute after the value at a path is set, or removed by null. */
const withValue = (whole: ScimValue, path: ScimPath, value: ScimValue): ScimValue => {
  if (path.subAttribute === undefined) return value
  if (path.predicate !== undefined) return withElement(whole, path.predicate, path.subAttribute, value)
  const complex = copyOf(whole)
  put(complex, path.subAttribute, value)
  return Object.keys(complex).length === 0 ? null : complex
}

const united = (list: ScimValue, more: Elements): ScimValue => {
  const elements = elementsOf(list)
  return [...elements, ...without(more, elements)]
}

/** Attributes that only the target writes. */
const readOnly = ['meta', 'groups']

/** A copy of a resource that can replace it, without what only the target writes. */
export const replacementOf = (current: ScimObject): Mutable => {
  const resource = copyOf(current)
  for (const name of readOnly) delete resource[nameIgnoringCase(resource, name)]
  return resource
}

/**
 * The resource that replaces one of a target, with some values changed: for targets that are updated by PUT.
 * @param current the resource as the target shows it; it is not changed
 * @param values the changes, by target attribute; null and "" remove a value
 */
export const mergeResource = (
  current: ScimObject,
  values: FlatValues,
  options: MergeOptions = {},
): ScimObject => {
  const resource = replacementOf(current)
  const paths = options.paths ?? new ScimPathTable(values.keys())
  const { entries, unfit } = resourceValues(values, options.attributes, paths)
  const set = (path: ScimPath, value: ScimValue): void => {
    const { extension, attribute } = path
    const key = extension === undefined ? undefined : nameIgnoringCase(resource, extension)
    const scope = key === undefined ? resource : copyOf(resource[key] ?? null)
    const whole = memberOf(scope, attribute)
    const addOnly = Array.isArray(value) && options.addOnly?.has(path.text) === true
    put(scope, attribute, addOnly ? united(whole, value as Elements) : withValue(whole, path, value))
    if (key === undefined) return
    put(resource, key, Object.keys(scope).length === 0 ? null : scope)
    const schemas = memberOf(resource, 'schemas')
    if (Array.isArray(schemas) && value !== null) put(resource, 'schemas', united(schemas, [key]))
  }
  const spared = new Set(unfit.map(({ text }) => text))
  for (const text of values.keys()) {
    const { path, key } = paths.get(text)
    if (path !== undefined && !entries.has(key) && !spared.has(text)) set(path, null)
  }
  for (const { path, value } of entries.values())
    set(path, isReferenceValue(path) ? managerAs(options.manager ?? 'object', value) : value)
  return resource
}

/** The same resource with members added and removed. */
export const mergeMembers = (
  current: ScimObject,
  attribute: string,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): ScimObject => {
  const resource = replacementOf(current)
  const leave = new Set([...remove, ...add])
  const others = elementsOf(memberOf(resource, attribute)).filter(
    (one) => !leave.has(String(isObject(one) ? memberOf(one, 'value') : one)),
  )
  resource[nameIgnoringCase(resource, attribute)] = [...others, ...add.map((value) => ({ value }))]
  return resource
}
