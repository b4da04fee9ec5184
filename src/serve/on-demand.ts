import { textProblem } from './text-problem.js'

/** The most members of a group that one call provisions with it, by Microsoft's documentation. */
export const MOST_MEMBERS = 5

/** An object of the source to provision. */
export interface Subject {
  readonly id: string
  /** `sourceObjectName` of its mapping; undefined: that of the first mapping. */
  readonly kind: string | undefined
}

/** A call of `provisionOnDemand`. */
export interface OnDemandRequest extends Subject {
  /**
   * Members that are provisioned with a group and added to it; undefined for an object that is not a group.
   */
  readonly members: readonly Subject[] | undefined
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined

const subjectOf = (value: unknown, at: string): Subject | string => {
  const [id, kind] = [member(value, 'objectId'), member(value, 'objectTypeName')]
  const unidentified = textProblem(id)
  if (unidentified !== undefined) return `${at}.objectId ${unidentified}.`
  if (kind !== undefined && typeof kind !== 'string') return `${at}.objectTypeName must be text.`
  return { id: String(id), kind }
}

/** Reads the body of a call of `provisionOnDemand`; returns a text if something is wrong with it. */
export const readOnDemand = (body: unknown): OnDemandRequest | string => {
  const parameters = member(body, 'parameters')
  const [first, ...others] = Array.isArray(parameters) ? (parameters as unknown[]) : []
  const subjects = member(first, 'subjects')
  const [subject, ...more] = Array.isArray(subjects) ? (subjects as unknown[]) : []
  if (others.length + more.length > 0) return 'One call provisions one object; several were given.'
  const at = 'parameters[0].subjects[0]'
  const found = subjectOf(subject, at)
  if (typeof found === 'string') return found
  const links = member(subject, 'links')
  if (links === undefined || links === null) {
    const group = /^group$/i.test(found.kind ?? '')
    return { ...found, members: group ? [] : undefined }
  }
  const list = member(links, 'members')
  if (!Array.isArray(list)) return `${at}.links.members must be a list.`
  if (list.length > MOST_MEMBERS)
    return `A group is provisioned with at most ${MOST_MEMBERS} members in one call, not ${list.length}.`
  const members = list.map((one: unknown, index) => subjectOf(one, `${at}.links.members[${index}]`))
  const problem = members.find((one) => typeof one === 'string')
  return problem ?? { ...found, members: members as readonly Subject[] }
}
