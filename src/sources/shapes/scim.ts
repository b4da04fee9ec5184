import { valueAtPath } from '../../scim/flatten.js'
import { parseScimPath, type ScimPath } from '../../scim/path.js'
import { readAttribute } from '../../values/record.js'
import { isList, type ObjectValue, type Value } from '../../values/value.js'
import type { Shape } from './shape.js'

const isScim = (record: object): boolean => {
  const schemas = readAttribute(record, 'schemas')
  return (
    isList(schemas) &&
    schemas.some((one) => typeof one === 'string' && one.startsWith('urn:ietf:params:scim:schemas:'))
  )
}

/** SCIM resources: an attribute of the schema is a path in them. */
export const scimShape: Shape = {
  name: 'scim',
  title: 'SCIM',
  recognise: isScim,
  places: (attribute) => (pathOf(attribute) === undefined ? [] : [attribute]),
  valueAt: (record, _attribute, place) => scimValue(record, place),
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
  return path === undefined ? null : valueAtPath(record as ObjectValue, path)
}
