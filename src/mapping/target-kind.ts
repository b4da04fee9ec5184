import { isEntra } from './source-state.js'

/** The protocol a target speaks. */
export type TargetKind = 'scim' | 'ldap' | 'sql' | 'other'

/**
 * The protocol, as far as a schema tells: SCIM targets name their objects by URN, and ECMA hosts are reached by
 * SCIM as well; Active Directory and LDAP directories say so in their name.
 */
export const targetKindOf = (directoryName: string, objectName: string): TargetKind => {
  if (objectName.startsWith('urn:ietf:params:scim')) return 'scim'
  if (/\b(sql|database)\b/i.test(directoryName)) return 'sql'
  if (isEntra(directoryName, undefined)) return 'other'
  return /\bactive directory\b|\bldap\b/i.test(directoryName) ? 'ldap' : 'other'
}
