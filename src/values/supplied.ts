import { fromInput, type Value } from './value.js'

/** An attribute that the service computes if the object does not carry it (semantics 33). */
export type SuppliedInput = 'isSoftDeleted' | 'userPrincipalName' | 'originalUserPrincipalName'

const GUEST_MARK = '#EXT#'

/**
 * A guest's user principal name as the service supplies it: `alias_domain#EXT#@tenant` reads `alias@domain`.
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

/**
 * The value of a supplied input.
 * @param carried the object's own value of the attribute; null if it has none
 * @param record an object from which only its own members are read
 * @param inactive whether the object is soft-deleted, disabled, unassigned or out of `groups`
 */
export const suppliedValue = (
  kind: SuppliedInput,
  carried: Value,
  record: Readonly<Record<string, unknown>>,
  inactive: boolean,
): Value => {
  switch (kind) {
    case 'isSoftDeleted':
      return carried ?? inactive
    case 'userPrincipalName':
      return withoutGuestMark(carried)
    case 'originalUserPrincipalName':
      return carried ?? fromInput(record.userPrincipalName)
  }
}
