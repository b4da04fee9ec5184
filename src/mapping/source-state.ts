import { conditionHolds, isFalseText } from '../values/convert.js'
import { plainRecord, readAttribute, type SourceRecord } from '../values/record.js'
import { type SuppliedInput, suppliedValue } from '../values/supplied.js'
import { fromInput, type Value } from '../values/value.js'
import type { SourceState } from './deprovision.js'

/**
 * The attribute that says that an object was deleted or left; it is computed if the source does not have it
 * (semantics 33).
 */
export const softDeletedAttribute = 'IsSoftDeleted'

const isFalse = (value: Value): boolean =>
  value === false || (typeof value === 'string' && isFalseText(value))

/**
 * The state of a source object according to its own attributes: soft-deleted by `IsSoftDeleted` or a
 * `deletedDateTime`, disabled by `accountEnabled` false.
 */
export const sourceStateOf = (record: SourceRecord): SourceState => {
  // Three fixed names, because every object is checked for them.
  const { IsSoftDeleted, deletedDateTime, accountEnabled } = plainRecord(record) as StateMembers
  if (IsSoftDeleted !== undefined && isTrue(fromInput(IsSoftDeleted))) return 'softDeleted'
  if (deletedDateTime !== undefined && hasText(fromInput(deletedDateTime))) return 'softDeleted'
  return accountEnabled !== undefined && isFalse(fromInput(accountEnabled)) ? 'disabled' : 'active'
}

interface StateMembers {
  readonly IsSoftDeleted?: unknown
  readonly deletedDateTime?: unknown
  readonly accountEnabled?: unknown
}

const isTrue = (value: Value): boolean => !Array.isArray(value) && conditionHolds(value, softDeletedAttribute)
const hasText = (value: Value): boolean => value !== null && value !== ''

/** The names of Entra's directory in schemas, old and new, also of another tenant, and its well-known id. */
const ENTRA_NAME = /^(?:azure active directory|microsoft entra id)\b(?!.*\bdomain services\b)/i
const ENTRA_ID = '66e4a8cc-1b7b-435e-95f8-f06cea133828'

/** Whether a directory is Microsoft Entra ID. */
export const isEntra = (directoryName: string, directoryId: string | null | undefined): boolean =>
  ENTRA_NAME.test(directoryName) || directoryId === ENTRA_ID

const ownSupplied: ReadonlyMap<string, SuppliedInput> = new Map([[softDeletedAttribute, 'isSoftDeleted']])
const entraSupplied: ReadonlyMap<string, SuppliedInput> = new Map([
  ...ownSupplied,
  ['userPrincipalName', 'userPrincipalName'],
  ['originalUserPrincipalName', 'originalUserPrincipalName'],
])

/** The attributes that the service computes for objects of this source, by name. */
export const suppliedAttributes = (sourceIsEntra: boolean): ReadonlyMap<string, SuppliedInput> =>
  sourceIsEntra ? entraSupplied : ownSupplied

/**
 * The value of an attribute that the service may compute: that of the object if it has one, else the computed
 * one.
 * @param inactive whether the object is soft-deleted, disabled, unassigned or out of `groups`.
 */
export const supplyAttribute = (name: string, record: SourceRecord, inactive: boolean): Value => {
  const carried = readAttribute(record, name)
  const kind = entraSupplied.get(name)
  return kind === undefined
    ? carried
    : suppliedValue(kind, carried, plainRecord(record) as Readonly<Record<string, unknown>>, inactive)
}
