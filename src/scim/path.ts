import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { requireText } from '../values/misuse.js'

/** The bracket of a path: selects an element of a multi-valued attribute. Only `eq` occurs. */
export interface ScimPredicate {
  readonly attribute: string
  readonly value: string | boolean | number
}

/** A parsed SCIM target attribute path. */
export interface ScimPath {
  /** The path as written in the mapping. */
  readonly text: string
  /** URN of the extension the attribute belongs to; undefined for core attributes. */
  readonly extension: string | undefined
  readonly attribute: string
  readonly predicate: ScimPredicate | undefined
  readonly subAttribute: string | undefined
}

/** The result of parsing a path: one of the two is present. */
export interface ScimPathResult {
  readonly path: ScimPath | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** `-dn-` of the ECMA connector host is also a name. */
const NAME = /^[A-Za-z$_-][\w$-]*$/

const PREDICATE = /^\s*([A-Za-z$_][\w$-]*)\s+([A-Za-z]+)\s+("(?:[^"\\]|\\.)*"|true|false|-?\d+)\s*$/

const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:\w+$/i

/**
 * Names of RFC 7643 by their lower-case form. Names in SCIM ignore case, and administrators write `.Value`;
 * requests use the RFC's spelling, because many targets do not ignore case.
 */
const standardNames: ReadonlyMap<string, string> = new Map(
  [
    'value display type primary $ref',
    'formatted familyName givenName middleName honorificPrefix honorificSuffix',
    'streetAddress locality region postalCode country displayName',
    'userName externalId name nickName profileUrl title userType preferredLanguage locale timezone active',
    'emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates members',
    'employeeNumber costCenter organization division department manager',
  ].flatMap((line) => line.split(' ').map((name) => [name.toLowerCase(), name] as const)),
)

const standard = (name: string): string => standardNames.get(name.toLowerCase()) ?? name

/**
 * Sub-attributes and predicate attributes that are Boolean in RFC 7643, although mappings write `eq "True"`.
 */
const predicateValue = (attribute: string, literal: string): string | boolean | number => {
  const text: unknown = JSON.parse(literal)
  if (attribute === 'primary' && typeof text === 'string' && /^(true|false)$/i.test(text)) {
    return text.toLowerCase() === 'true'
  }
  return text as string | boolean | number
}

const parsePredicate = (body: string): ScimPredicate | string => {
  const match = PREDICATE.exec(body)
  if (match === null) return `[${body}] is not of the form [type eq "work"]`
  const [, name = '', operator = '', literal = ''] = match
  if (operator.toLowerCase() !== 'eq') return `only eq can be used between brackets, not ${operator}`
  try {
    const attribute = standard(name)
    return { attribute, value: predicateValue(attribute, literal) }
  } catch {
    return `${literal} is not a JSON string`
  }
}

/** Parses the path, or returns why it is not one. */
const parse = (text: string): ScimPath | string => {
  const open = text.indexOf('[')
  const close = text.lastIndexOf(']')
  if (open >= 0 !== close >= 0 || close < open) return 'a bracket is not closed'
  const head = open < 0 ? text : text.slice(0, open)
  // Versions put dots into URNs, so the URN ends at the last colon, not at the first dot.
  const colon = head.lastIndexOf(':')
  const urn = colon < 0 ? undefined : head.slice(0, colon)
  if (urn !== undefined && !/^urn:[a-z0-9][a-z0-9-]*:.+$/i.test(urn)) return `${urn} is not a URN`
  const local = head.slice(colon + 1)
  const tail = open < 0 ? '' : text.slice(close + 1)
  const [attribute = '', ...subs] = (local + tail).split('.')
  if (open >= 0 && (local.includes('.') || !tail.startsWith('.')))
    return 'after the brackets a sub-attribute must follow, such as .value'
  if (subs.length > 1) return 'SCIM has no attributes below a sub-attribute'
  const bad = [attribute, ...subs].find((name) => !NAME.test(name))
  if (bad !== undefined) return bad === '' ? 'a name is missing' : `${JSON.stringify(bad)} is not a name`
  const predicate = open < 0 ? undefined : parsePredicate(text.slice(open + 1, close))
  if (typeof predicate === 'string') return predicate
  const extension = urn === undefined || CORE.test(urn) ? undefined : urn
  if (extension === undefined && attribute.toLowerCase() === 'id') return 'id is given by the target itself'
  const subAttribute = subs[0] === undefined ? undefined : standard(subs[0])
  return { text, extension, attribute: standard(attribute), predicate, subAttribute }
}

/** Parses a target attribute path. The diagnostic's span is within the path. */
export const parseScimPath = (text: string): ScimPathResult => {
  requireText(text, 'a SCIM path')
  const path = parse(text)
  if (typeof path !== 'string') return { path, diagnostics: [] }
  const fault = diagnostic(
    'AF4201',
    { start: 0, end: text.length },
    { path: text, reason: path },
    { path: text },
  )
  return { path: undefined, diagnostics: [fault] }
}

/** The attribute with its URN, as a PATCH names it. */
export const qualifiedName = (path: ScimPath): string =>
  path.extension === undefined ? path.attribute : `${path.extension}:${path.attribute}`

/** Names the element a predicate selects, as a PATCH does. */
export const elementPath = (path: ScimPath, asText: boolean): string => {
  if (path.predicate === undefined) return qualifiedName(path)
  const { attribute, value } = path.predicate
  const literal =
    typeof value === 'boolean' && asText ? (value ? '"True"' : '"False"') : JSON.stringify(value)
  return `${qualifiedName(path)}[${attribute} eq ${literal}]`
}

/** The whole path in normal form. */
export const normalPath = (path: ScimPath, asText = false): string =>
  elementPath(path, asText) + (path.subAttribute === undefined ? '' : `.${path.subAttribute}`)
