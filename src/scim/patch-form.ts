import type { ScimObject, ScimValue } from './value.js'

/** The form of a target's PATCH requests. Standards leave it open, and servers differ. */
export interface PatchForm {
  /** The first letter of `op`: `Add` as Entra writes it, or `add` as RFC 7644 does. */
  readonly operations: 'capital' | 'lower'
  /** Booleans, also in paths: as the texts `"True"` and `"False"`, or as JSON's. */
  readonly booleans: 'text' | 'json'
  /** Whether several replaced simple attributes share one operation without a path. */
  readonly together: boolean
  /** Whether members are removed by a list of values, or each by a filter. */
  readonly removeMembers: 'values' | 'filter'
  /** Whether a missing element is created by its value path, or added as a whole. */
  readonly absentElement: 'path' | 'whole'
  /** Whether a manager is an object with a `value`, a list of one, or the identifier alone. */
  readonly manager: 'object' | 'list' | 'text'
  /** Whether a value is cleared by `remove`, by null, or by an empty text. */
  readonly clear: 'remove' | 'null' | 'empty'
}

const capitals = { add: 'Add', replace: 'Replace', remove: 'Remove' } as const

/** The `op` of an operation, as the target wants it written. */
export const operationWord = (op: keyof typeof capitals, { operations }: PatchForm): string =>
  operations === 'lower' ? op : capitals[op]

/** Converts a manager, an object with a `value`, to the form of the target. */
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

/** The form that Entra uses if the tenant URL has `aadOptscim062020`. */
export const compliantForm: PatchForm = {
  operations: 'lower',
  booleans: 'json',
  together: true,
  removeMembers: 'filter',
  absentElement: 'path',
  manager: 'object',
  clear: 'remove',
}
