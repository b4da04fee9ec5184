import { valueAtPath } from '../../scim/flatten.js'
import { parseScimPath, type ScimPath } from '../../scim/path.js'
import { readAttribute } from '../../values/record.js'
import { isList, kindOf, nameIgnoringCase, type ObjectValue, type Value } from '../../values/value.js'
import { type Shape, type ShapePath, valueAtPlace } from './shape.js'

const isScim = (record: object): boolean => {
  const schemas = readAttribute(record, nameIgnoringCase(record, 'schemas'))
  return (
    isList(schemas) &&
    schemas.some((one) => typeof one === 'string' && /^urn:(?:ietf:params:)?scim:schemas:/i.test(one))
  )
}

/** Whether an object without `schemas` has complex attributes as SCIM has them. */
const looksLikeScim = (record: object): boolean =>
  Object.keys(record).some((name) => name.startsWith('urn:ietf:params:scim:schemas:')) ||
  ['name.givenName', 'name.familyName', 'emails[].value'].some(
    (place) => valueAtPlace(record, place) !== null,
  )

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:'

/** The place of an attribute of the enterprise extension in SCIM 1.1. */
const inVersion1 = (attribute: string): ShapePath | undefined => {
  if (!attribute.startsWith(ENTERPRISE)) return undefined
  const name = attribute.slice(ENTERPRISE.length)
  return name === 'manager' ? 'manager.managerId' : name
}

/** SCIM resources: an attribute of the schema is a path in them. SCIM ignores the case of names (RFC 7643, 2.1). */
export const scimShape: Shape = {
  name: 'scim',
  title: 'SCIM',
  recognise: (record) => isScim(record) || looksLikeScim(record),
  places: (attribute) => [attribute],
  valueAt: (record, _attribute, place) => scimValue(record, place),
  exactPlace: (record, _attribute, place) => {
    const path = pathOf(place)
    const name = path?.extension ?? path?.attribute ?? place
    return place.replace(name, () => nameIgnoringCase(record, name))
  },
}

const paths = new Map<string, ScimPath | undefined>()

/** The name of an attribute as a path; undefined for a plain name. */
const pathOf = (attribute: string): ScimPath | undefined => {
  if (!paths.has(attribute)) {
    const isPath = /[.[:]/.test(attribute)
    paths.set(attribute, isPath ? parseScimPath(attribute).path : undefined)
  }
  return paths.get(attribute)
}

/** The value of a resource at the path of an attribute; null if there is none. */
const scimValue = (record: object, attribute: string): Value => {
  const path = pathOf(attribute)
  if (path === undefined) return readAttribute(record, nameIgnoringCase(record, attribute))
  const older = inVersion1(attribute)
  const found = valueAtPath(record as ObjectValue, path)
  if (found !== null || older === undefined) return found
  const extension = readAttribute(record, 'urn:scim:schemas:extension:enterprise:1.0')
  return kindOf(extension) === 'object' ? valueAtPlace(extension as object, older) : null
}
