import { UnreadablePopulation } from './unreadable.js'

/** How a system wraps a list of objects. */
interface Wrapper {
  /** The members that lead to the list. */
  readonly path: readonly string[]
  /** The member of each element that is the object; absent when the element is. */
  readonly element?: string
  /** Where it comes from, in words. */
  readonly source: string
}

/** Every wrapper that is read, the surest first. */
export const wrappers: readonly Wrapper[] = [
  { path: ['value'], source: 'a page of Microsoft Graph or OData 4' },
  { path: ['Resources'], source: 'a SCIM list' },
  { path: ['Report_Entry'], source: 'a Workday report' },
  { path: ['d', 'results'], source: 'a page of OData 2' },
  { path: ['Operations'], element: 'data', source: 'a SCIM bulk request' },
]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** The objects that a value wraps; undefined when it is an object by itself. */
export const unwrapped = (value: unknown): readonly unknown[] | undefined => {
  for (const { path, element } of wrappers) {
    const list = path.reduce(memberOf, value)
    if (!Array.isArray(list)) continue
    return element === undefined ? list : list.map((one: unknown) => memberOf(one, element) ?? one)
  }
  return undefined
}

/** The member of an element that is the object, for a list such as `d.results`; undefined when the element is. */
export const elementMember = (list: string): string | undefined =>
  wrappers.find(({ path }) => path.join('.') === list)?.element

/**
 * Refuses what is there in place of objects: an error answer, or a schema.
 * @throws {UnreadablePopulation} that says which it is
 */
export const refuseOtherDocuments = (value: unknown): void => {
  const error = memberOf(value, 'error')
  if (isObject(error) && typeof memberOf(error, 'code') === 'string') {
    const message = memberOf(error, 'message')
    throw new UnreadablePopulation(
      `it is an error answer, not a list of objects: ${String(error.code)}${
        typeof message === 'string' && message !== '' ? `, ${message}` : ''
      }`,
    )
  }
  const schema = memberOf(value, 'schema') ?? value
  if (
    Array.isArray(memberOf(schema, 'synchronizationRules')) ||
    Array.isArray(memberOf(schema, 'directories'))
  )
    throw new UnreadablePopulation('it is a synchronization schema, where objects are expected')
}
