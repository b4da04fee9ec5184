import { textForm } from '../values/text.js'
import type { Value } from '../values/value.js'
import type { TargetKind } from './target-kind.js'

/** One matching attribute of an object: its searched value, and the query. */
export interface MatchKey {
  readonly targetAttribute: string
  readonly matchingPriority: number
  /** The searched value; null if the object has none for this attribute. */
  readonly value: Value
  /** The query that the service sends, in the protocol of the target; null without a value. */
  readonly query: string | null
}

/** Escapes backslash and quote as in JSON strings: SCIM filters take JSON values. */
export const scimLiteral = (value: Value): string => {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  return JSON.stringify(singleText(value))
}

/** A value in an LDAP search filter (RFC 4515): the special characters as `\xx`. */
const ldapLiteral = (value: Value): string =>
  singleText(value).replace(/[\\*()\0]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(2, '0')}`)

const sqlLiteral = (value: Value): string => `'${singleText(value).replaceAll("'", "''")}'`
const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`

const singleText = (value: Value): string => {
  const text = textForm(value)
  return Array.isArray(text) ? (text[0] ?? '') : (text ?? '')
}

/** The endpoint of a kind of object. */
export const scimEndpoint = (objectName: string): string =>
  /:group$/i.test(objectName) || /^group$/i.test(objectName) ? 'Groups' : 'Users'

/** Creates the function that writes the query for a target object with a value in this attribute. */
export const matchQueryFor = (
  kind: TargetKind,
  objectName: string,
  attribute: string,
): ((value: Value) => string) => {
  switch (kind) {
    case 'scim': {
      const endpoint = scimEndpoint(objectName)
      const start = `GET /${endpoint}?filter=${attribute} eq `
      // The service never requests the members of a group when it matches it.
      const rest = endpoint === 'Groups' ? '&excludedAttributes=members' : ''
      return (value) => start + scimLiteral(value) + rest
    }
    case 'ldap':
      return (value) => `(&(objectClass=${ldapLiteral(objectName)})(${attribute}=${ldapLiteral(value)}))`
    case 'sql':
      return (value) =>
        `SELECT * FROM ${sqlName(objectName)} WHERE ${sqlName(attribute)} = ${sqlLiteral(value)}`
    case 'other':
      return (value) => `${attribute} = ${scimLiteral(value)}`
  }
}

/** The query for a target object with this value. */
export const matchQuery = (kind: TargetKind, objectName: string, attribute: string, value: Value): string =>
  matchQueryFor(kind, objectName, attribute)(value)

/** The matching attributes in ascending priority, without a searched value, and those with one. */
export const orderMatchKeys = <Key extends { readonly matchingPriority: number }>(
  keys: readonly Key[],
): readonly Key[] => [...keys].sort((a, b) => a.matchingPriority - b.matchingPriority)
