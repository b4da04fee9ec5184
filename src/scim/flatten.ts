import { requireList } from '../values/misuse.js'
import { textForm } from '../values/text.js'
import { fromInput, kindOf, member, nameIgnoringCase, type ObjectValue, type Value } from '../values/value.js'
import type { ScimPath } from './path.js'
import { ScimPathTable } from './path-table.js'
import { isReferenceValue } from './resource-values.js'

const isObject = (value: Value): value is ObjectValue => kindOf(value) === 'object'

/** A member by its name, ignoring case as SCIM does. */
const memberIgnoringCase = (object: ObjectValue, name: string): Value =>
  member(object, nameIgnoringCase(object, name))

const matches = (element: Value, { attribute, value }: NonNullable<ScimPath['predicate']>): boolean => {
  if (!isObject(element)) return false
  const found = memberIgnoringCase(element, attribute)
  // Values such as the type of a mail address ignore case, and services write Booleans as text.
  const text = kindOf(found) === 'object' ? null : textForm(found)
  return typeof text === 'string' && text.toLowerCase() === String(value).toLowerCase()
}

/** Metadata of a target that a mapping does not set. */
const besidesValue: ReadonlySet<string> = new Set(['value', 'display', 'displayName', '$ref'])

/** Reduces a reference, or an element with only a value, to that value. */
const unwrapped = (value: Value): Value =>
  isObject(value) && Object.hasOwn(value, 'value') && Object.keys(value).every((key) => besidesValue.has(key))
    ? member(value, 'value')
    : value

/** The value at a path of a target's resource; null if there is none. */
export const valueAtPath = (resource: ObjectValue, path: ScimPath): Value => {
  const scope = path.extension === undefined ? resource : memberIgnoringCase(resource, path.extension)
  if (!isObject(scope)) return null
  const whole = memberIgnoringCase(scope, path.attribute)
  if (path.subAttribute === undefined) {
    if (Array.isArray(whole)) return whole.map((element: Value) => unwrapped(element))
    return isReferenceValue(path) ? unwrapped(whole) : whole
  }
  const { predicate } = path
  const holder =
    predicate === undefined
      ? whole
      : Array.isArray(whole)
        ? whole.find((element: Value) => matches(element, predicate))
        : null
  return isObject(holder ?? null) ? memberIgnoringCase(holder as ObjectValue, path.subAttribute) : null
}

/**
 * The values of a target object for target attributes: the member of exactly that name, else the value at
 * that path of the resource. Attributes without a value are absent.
 */
export const flattenResource = (
  resource: ObjectValue,
  targets: readonly string[],
  known?: ScimPathTable,
): ReadonlyMap<string, Value> => {
  requireList(targets, 'paths')
  const table = known ?? new ScimPathTable(targets)
  const values = new Map<string, Value>()
  for (const target of targets) {
    const { path } = table.get(target)
    const isName = path !== undefined && path.extension === undefined && path.subAttribute === undefined
    const value =
      path === undefined || (Object.hasOwn(resource, target) && !isName)
        ? member(resource, target)
        : valueAtPath(resource, path)
    if (value !== null) values.set(target, fromInput(value))
  }
  return values
}
