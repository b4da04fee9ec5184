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
  /** Its source, in words. */
  readonly source: string
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
  { path: ['value'], source: 'a page of Microsoft Graph or OData 4' },
  { path: ['Resources'], source: 'a SCIM list' },
  { path: ['Report_Entry'], single: true, source: 'a Workday report' },
  { path: ['wd:Report_Entry'], single: true, source: 'a Workday report' },
  { path: ['Report_Data', 'Report_Entry'], single: true, source: 'a Workday report' },
  { path: ['wd:Report_Data', 'wd:Report_Entry'], single: true, source: 'a Workday report' },
  { path: ['Response_Data', 'Worker'], single: true, source: 'an answer of Workday' },
  { path: ['wd:Response_Data', 'wd:Worker'], single: true, source: 'an answer of Workday' },
  { path: ['d', 'results'], source: 'a page of OData 2' },
  { path: ['d'], single: true, source: 'a page of OData 1' },
  { path: ['Operations'], element: 'data', source: 'a SCIM bulk request' },
  { path: ['responses'], element: 'body', pages: true, source: 'the answer to a batch of requests' },
  { path: ['body', 'value'], source: 'a page in an answer that an automation kept' },
  ...plainLists.map((name): Wrapper => ({ path: [name], source: 'a list of another system' })),
]

const memberOf = (value: unknown, name: string): unknown =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** Members by which an error answer or a schema is recognised. */
const otherMembers = ['schemas', 'error', 'odata.error', 'schema', 'synchronizationRules', 'directories']

const telling: ReadonlySet<string> = new Set([...wrappers.map(({ path }) => path[0]!), ...otherMembers])

/** Whether a value is itself an object, as nearly all values on lines of their own are. */
export const isObjectItself = (value: unknown): boolean => {
  if (!isJsonObject(value)) return false
  for (const name in value) {
    const member = value[name]
    // A wrapper, error answer or schema contains an object or a list, except for the text of an OAuth error.
    if ((typeof member === 'object' ? member !== null : name === 'error') && telling.has(name)) return false
  }
  return true
}

/** The objects that a value wraps; undefined if it is itself an object. */
export const unwrapped = (value: unknown): readonly unknown[] | undefined => {
  for (const { path, element, single, pages } of wrappers) {
    const found = path.reduce(memberOf, value)
    if (single === true && isJsonObject(found) && Object.keys(value as object).length === 1) return [found]
    if (!Array.isArray(found)) continue
    if (element === undefined) return found
    const objects = found.map((one: unknown) => memberOf(one, element) ?? one)
    return pages === true ? objects.flatMap((one) => refusing(one) ?? [one]) : objects
  }
  return undefined
}

const refusing = (page: unknown): readonly unknown[] | undefined => {
  refuseOtherDocuments(page)
  return unwrapped(page)
}

/** How the elements of a list such as `d.results` are read; undefined if each is an object. */
export const elementsOf = (list: string): Pick<Wrapper, 'element' | 'pages'> | undefined => {
  const found = wrappers.find(({ path }) => path.join('.') === list)
  return found?.element === undefined ? undefined : found
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

/** The texts of an error answer of Graph, OData, OAuth or SCIM; undefined if a value is not one. */
const errorAnswer = (value: unknown): readonly (string | undefined)[] | undefined => {
  const schemas = memberOf(value, 'schemas')
  if (Array.isArray(schemas) && schemas.includes('urn:ietf:params:scim:api:messages:2.0:Error'))
    return [textOf(memberOf(value, 'status')), textOf(memberOf(value, 'detail'))]
  const error = memberOf(value, 'error') ?? memberOf(value, 'odata.error')
  const code = textOf(memberOf(error, 'code'))
  if (code !== undefined) {
    const message = memberOf(error, 'message')
    return [code, textOf(message) ?? textOf(memberOf(message, 'value'))]
  }
  const description =
    textOf(memberOf(value, 'error_description')) ??
    textOf(memberOf(value, 'message')) ??
    (Array.isArray(memberOf(value, 'errors')) ? '' : undefined)
  return typeof error === 'string' && description !== undefined ? [error, description] : undefined
}

/**
 * Refuses an error answer or a schema in place of objects.
 * @throws {UnreadablePopulation} with a message that says which it is
 */
export const refuseOtherDocuments = (value: unknown): void => {
  const error = errorAnswer(value)?.filter((text) => text !== undefined && text !== '')
  if (error !== undefined)
    throw new UnreadablePopulation(`it is an error answer, not a list of objects: ${error.join(', ')}`)
  const schema = memberOf(value, 'schema') ?? value
  if (
    Array.isArray(memberOf(schema, 'synchronizationRules')) ||
    Array.isArray(memberOf(schema, 'directories'))
  )
    throw new UnreadablePopulation('it is a synchronization schema, where objects are expected')
}
