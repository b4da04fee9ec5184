import type { ScimObject, ScimValue } from './value.js'

/** The form that a target wants its PATCH requests in. Standards leave it open, and servers differ. */
export interface PatchForm {
  /** The first letter of `op`: `Add` as Entra writes it, or `add` as RFC 7644 does. */
  readonly operations: 'capital' | 'lower'
  /** Booleans, also in paths: as the texts `"True"` and `"False"`, or as JSON's. */
  readonly booleans: 'text' | 'json'
  /** Whether several replaced simple attributes share one operation without a path. */
  readonly together: boolean
  /** Members are removed by a list of values, or by a filter for each of them. */
  readonly removeMembers: 'values' | 'filter'
  /** An element that is not there is made by its value path, or added whole. */
  readonly absentElement: 'path' | 'whole'
  /** A manager is an object with a `value`, a list of one, or the identifier alone. */
  readonly manager: 'object' | 'list' | 'text'
  /** A value is cleared by `remove`, or by replacing it with null or with an empty text. */
  readonly clear: 'remove' | 'null' | 'empty'
}

/** A manager, which leaves hold as an object with a `value`, as a target takes it. */
export const managerAs = (form: PatchForm['manager'], value: ScimValue): ScimValue => {
  if (form === 'object' || typeof value !== 'object' || value === null) return value
  return form === 'list' ? [value] : ((value as ScimObject).value ?? null)
}

/** The form that Entra uses by default. */
export const classicForm: PatchForm = {
  operations: 'capital',
  booleans: 'text',
  together: false,
  removeMembers: 'values',
  absentElement: 'path',
  manager: 'object',
  clear: 'remove',
}

/** The form that Entra uses when the tenant URL carries `aadOptscim062020`. */
export const compliantForm: PatchForm = {
  operations: 'lower',
  booleans: 'json',
  together: true,
  removeMembers: 'filter',
  absentElement: 'path',
  manager: 'object',
  clear: 'remove',
}
