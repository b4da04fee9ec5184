import type { EvaluationContext } from '../../values/context.js'
import { raise } from '../../values/fault.js'
import { textOf } from '../../values/text.js'
import { isList, kindOf, type List, member, type Value } from '../../values/value.js'
import { bounded } from './limits.js'

const assignmentsOf = (source: Value): List =>
  (isList(source) ? source : [source]).filter((assignment) => assignment !== null && assignment !== '')

/** A text member of an assignment; "" counts as absent. */
const textMember = (assignment: object, name: string): string | null =>
  textOf(member(assignment, name)) || null

/** The name of the role: of an object its value, else its displayName; otherwise the text itself. */
const roleName = (assignment: Value): string | null =>
  typeof assignment === 'object' && assignment !== null && kindOf(assignment) === 'object'
    ? (textMember(assignment, 'value') ?? textMember(assignment, 'displayName'))
    : textOf(assignment)

/** SingleAppRoleAssignment: the role's name; null for none, evaluation error AF5011 for several. */
export const singleAppRoleAssignment = (source: Value): string | null => {
  const assignments = assignmentsOf(source)
  if (assignments.length > 1) raise('AF5011', { count: assignments.length })
  return roleName(assignments[0] ?? null)
}

/** AppRoleAssignments: the names of all roles. */
export const appRoleAssignments = (source: Value): Value =>
  assignmentsOf(source)
    .map(roleName)
    .filter((name) => name !== null)

/** AppRoleAssignmentsComplex: each role as the JSON text in which the service sends it. */
export const appRoleAssignmentsComplex = (source: Value): Value => assignmentsOf(source).map(roleJson)

const roleJson = (assignment: Value): string => {
  if (typeof assignment !== 'object' || assignment === null || kindOf(assignment) !== 'object') {
    const name = textOf(assignment)
    return bounded(JSON.stringify({ value: name, displayName: name }))
  }
  const entries = ['id', 'value', 'displayName']
    .map((name) => [name, textMember(assignment, name)] as const)
    .filter(([, text]) => text !== null)
  return bounded(JSON.stringify(Object.fromEntries(entries)))
}

/** DefaultDomain: the domain of the settings; evaluation error AF5007 when they have none. */
export const defaultDomain = (context: EvaluationContext): string =>
  context.settings.defaultDomain ??
  raise('AF5007', { function: 'DefaultDomain', reason: 'the settings do not have a `defaultDomain`' })

/** AltSecIdFromNetid: always an evaluation error. */
export const altSecIdFromNetid = (): never =>
  raise('AF5007', {
    function: 'AltSecIdFromNetid',
    reason: 'how the service derives the identifier is not published',
  })

/** Redact: the value itself; the function's declaration keeps it from being shown. */
export const redact = (value: Value): Value => value
