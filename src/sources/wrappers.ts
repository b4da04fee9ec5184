import { isJsonObject } from '../values/json-object.js'
import { UnreadablePopulation } from './unreadable.js'

/** How a system wraps a list of objects. */
interface Wrapper {
  /** The members that lead to the list. */
  readonly path: readonly string[]
  /** The member of each element that is the object; absent if the element itself is. */
  readonly element?: string
  /** Whether an object may replace a list with one element. */
  readonly single?: true
  /** Whether each element may itself be a page. */
  readonly pages?: true
}

/** Members under which other systems list objects. */
const plainLists = [
  'users',
  'Users',
  'resources',
  'employees',
  'workers',
  'records',
  'items',
  'results',
  'data',
]

/** All supported wrappers, the most reliable first. */
export const wrappers: readonly Wrapper[] = [
  // A page of Microsoft Graph or OData 4.
  { path: ['value'], single: true },
  // A SCIM list.
  { path: ['Resources'] },
  // Workday: a report, and an answer of its API.
  ...['', 'wd:'].flatMap((prefix): Wrapper[] => {
    const entry = `${prefix}Report_Entry`
    return [
      { path: [entry], single: true },
      { path: [`${prefix}Report_Data`, entry], single: true },
      { path: [`${prefix}Response_Data`, `${prefix}Worker`], single: true },
    ]
  }),
  // OData 2 and 1.
  { path: ['d', 'results'] },
  { path: ['d'], single: true },
  // A SCIM bulk request.
  { path: ['Operations'], element: 'data' },
  // The answer to a batch of requests.
  { path: ['responses'], element: 'body', pages: true },
  // A page in an answer that an automation kept.
  { path: ['body', 'value'] },
  ...plainLists.map((name): Wrapper => ({ path: [name] })),
]

export const memberOf = (value: unknown, name: string): unknown =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** Members whose presence alone shows an error answer or another document. */
const tellingTexts = new Set(['error', 'message', 'errorSummary', 'factoryTag', 'terraform_version'])

/** Lists and objects by which an error answer or another document is recognised. */
const otherMembers = [
  'schemas',
  'odata.error',
  'schema',
  'synchronizationRules',
  'directories',
  'schedule',
  'instances',
]

const telling: ReadonlySet<string> = new Set([
  ...wrappers.flatMap(({ path }) => path.slice(0, 1)),
  ...otherMembers,
])

/** Whether a value is itself an object, as nearly all values on lines of their own are. */
export const isObjectItself = (value: unknown): boolean => {
  if (!isJsonObject(value)) return false
  for (const name in value) {
    const member = value[name]
    const held = typeof member === 'object' && member !== null
    if (tellingTexts.has(name) || (held && telling.has(name))) return false
  }
  return true
}

/** Whether an object is one of SCIM's messages, such as `:ListResponse`. */
const isMessage = (value: unknown, name: string): boolean => {
  const schemas = memberOf(value, 'schemas')
  return Array.isArray(schemas) && schemas.includes(`urn:ietf:params:scim:api:messages:2.0${name}`)
}

/** The elements of a list that a value wraps, and where each has its object. */
export interface Unwrapped {
  readonly list: readonly unknown[]
  readonly element?: string
  readonly pages?: true
}

/** Members beside a single object that say nothing about it. */
const isBeside = (name: string): boolean => /^(?:@odata\.|Count$)/.test(name)

/** The list that a value wraps; undefined if it is itself an object. */
export const unwrapped = (value: unknown): Unwrapped | undefined => {
  for (const { path, single, ...elements } of wrappers) {
    const found = path.reduce(memberOf, value)
    if (Array.isArray(found)) return { list: found, ...elements }
    const names = Object.keys(value as object).filter((name) => !isBeside(name))
    if (single === true && isJsonObject(found) && names.length === 1) return { list: [found] }
  }
  // A list without elements may lack the member.
  return isMessage(value, ':ListResponse') ? { list: [] } : undefined
}

/** How the elements of a list such as `d.results` are read; undefined if each is an object. */
export const elementsOf = (list: string): Pick<Wrapper, 'element' | 'pages'> | undefined => {
  const found = wrappers.find(({ path }) => path.join('.') === list)
  return found?.element === undefined ? undefined : found
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

/** Members of which an error answer in no standard form consists. */
const plainAnswer = /^(?:error\w*|message|status\w*|timestamp|path|code|type|requestId|trace)$/

/** The texts of an error answer of Graph, OData, OAuth, SCIM or a gateway; undefined if a value is not one. */
const errorAnswer = (value: unknown): readonly (string | undefined)[] | undefined => {
  const text = (name: string): string | undefined => textOf(memberOf(value, name))
  if (isMessage(value, ':Error')) return [text('status'), text('detail')]
  const error = memberOf(value, 'error') ?? memberOf(value, 'odata.error')
  const code = textOf(memberOf(error, 'code'))
  if (code !== undefined) {
    const message = memberOf(error, 'message')
    return [code, textOf(message) ?? textOf(memberOf(message, 'value'))]
  }
  if (text('errorSummary') !== undefined) return [text('errorCode'), text('errorSummary')]
  const answer = [text('error'), text('error_description') ?? text('message')]
  return isJsonObject(value) &&
    answer.some((one) => one !== undefined) &&
    Object.keys(value).every((name) => plainAnswer.test(name))
    ? answer
    : undefined
}

const joined = (texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined && text !== '').join(', ')

/**
 * Why an element of a bulk request, or of the answer to a batch, holds no object; undefined if it holds one.
 * @param element the member of its object
 */
export const faultOfElement = (one: unknown, element: string): string | undefined => {
  const text = (name: string): string => textOf(memberOf(one, name)) ?? ''
  const held = memberOf(one, element)
  const method = text('method') || text('op')
  const name = `${method || 'request'} ${text('id') || text('bulkId') || text('path')}`.trim()
  const error = errorAnswer(held)
  const status = text('status')
  if (error !== undefined || Number(status) >= 400)
    return `${name} failed: ${joined([status && `status ${status}`, ...(error ?? [])])}`
  if (held === undefined) return `${name} has no ${element}`
  return method === '' || /^(?:POST|PUT)$/i.test(method) ? undefined : `${name} holds no whole object`
}

/** The kind of another document, in words; undefined for objects. */
const otherDocument = (value: unknown): string | undefined => {
  const schema = memberOf(value, 'schema') ?? value
  if (
    Array.isArray(memberOf(schema, 'synchronizationRules')) ||
    Array.isArray(memberOf(schema, 'directories'))
  )
    return 'a synchronization schema'
  if (isJsonObject(memberOf(value, 'schedule')) && textOf(memberOf(value, 'templateId')) !== undefined)
    return 'a list of synchronization jobs'
  if (textOf(memberOf(value, 'factoryTag')) !== undefined) return 'a list of synchronization templates'
  if (
    textOf(memberOf(value, 'terraform_version')) !== undefined ||
    (Array.isArray(memberOf(value, 'instances')) && textOf(memberOf(value, 'provider')) !== undefined)
  )
    return 'a state of Terraform'
  return undefined
}

/**
 * Refuses an error answer or another document in place of objects.
 * @throws {UnreadablePopulation} with a message that says which it is
 */
export const refuseOtherDocuments = (value: unknown): void => {
  const error = joined(errorAnswer(value) ?? [])
  if (error !== '') throw new UnreadablePopulation(`it is an error answer, not a list of objects: ${error}`)
  const other = otherDocument(value)
  if (other !== undefined) throw new UnreadablePopulation(`it is ${other}, where objects are expected`)
}
