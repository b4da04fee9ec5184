import { conditionHolds, isFalseText } from '../values/convert.js'
import { readAttribute, type SourceRecord } from '../values/record.js'
import type { Value } from '../values/value.js'
import type { SourceState } from './deprovision.js'

/** Attributes whose values are computed when the source does not carry them (semantics 33). */
export const softDeletedAttribute = 'IsSoftDeleted'

const isFalse = (value: Value): boolean =>
  value === false || (typeof value === 'string' && isFalseText(value))

/**
 * The state an object of the source is in, as far as its own attributes tell: soft-deleted by `IsSoftDeleted`
 * or a `deletedDateTime`, disabled by `accountEnabled` false.
 */
export const sourceStateOf = (record: SourceRecord): SourceState => {
  const carried = readAttribute(record, softDeletedAttribute)
  if (!Array.isArray(carried) && conditionHolds(carried, softDeletedAttribute)) return 'softDeleted'
  const deleted = readAttribute(record, 'deletedDateTime')
  if (deleted !== null && deleted !== '') return 'softDeleted'
  return isFalse(readAttribute(record, 'accountEnabled')) ? 'disabled' : 'active'
}

const GUEST_MARK = '#EXT#'

/**
 * A guest's user principal name as the service hands it out: `alias_domain#EXT#@tenant` reads `alias@domain`.
 * Any other value is itself.
 */
export const withoutGuestMark = (userPrincipalName: Value): Value => {
  if (typeof userPrincipalName !== 'string') return userPrincipalName
  const end = userPrincipalName.indexOf(GUEST_MARK)
  if (end < 0) return userPrincipalName
  const alias = userPrincipalName.slice(0, end)
  const at = alias.lastIndexOf('_')
  return at < 0 ? alias : `${alias.slice(0, at)}@${alias.slice(at + 1)}`
}

/** How schemas name Entra's directory, old and new, also that of another tenant; and its well-known id. */
const ENTRA_NAME = /^(?:azure active directory|microsoft entra id)\b(?!.*\bdomain services\b)/i
const ENTRA_ID = '66e4a8cc-1b7b-435e-95f8-f06cea133828'

/** Whether a directory is Microsoft Entra ID. */
export const isEntra = (directoryName: string, directoryId: string | null | undefined): boolean =>
  ENTRA_NAME.test(directoryName) || directoryId === ENTRA_ID

/** The attributes a caller has to supply for objects of this source. */
export const suppliedAttributes = (sourceIsEntra: boolean): readonly string[] =>
  sourceIsEntra
    ? [softDeletedAttribute, 'userPrincipalName', 'originalUserPrincipalName']
    : [softDeletedAttribute]

/**
 * The value of a supplied attribute: what the object carries where it does, else what the service computes.
 * @param inactive whether the object is soft-deleted, disabled, unassigned or out of `groups`.
 */
export const supplyAttribute = (name: string, record: SourceRecord, inactive: boolean): Value => {
  const carried = readAttribute(record, name)
  switch (name) {
    case 'userPrincipalName':
      return withoutGuestMark(carried)
    case 'originalUserPrincipalName':
      return carried ?? readAttribute(record, 'userPrincipalName')
    case softDeletedAttribute:
      return carried ?? inactive
    default:
      return carried
  }
}
