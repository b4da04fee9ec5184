import { isEntra } from './source-state.js'

/** The protocol a target speaks. */
export type TargetKind = 'scim' | 'ldap' | 'sql' | 'other'

/** A target attribute that only SCIM has: in an extension, or in an element chosen by brackets. */
const SCIM_PATH = /^urn:ietf:params:scim:|\[\s*\w+\s+eq\s/i

/** Services with their own connectors, whose attribute names may look like SCIM paths. */
const OWN_API = /\b(?:google|g ?suite|salesforce|service-?now|workday|successfactors)/i

/**
 * The protocol according to a schema: SCIM targets name their objects by URN or map attribute paths, and ECMA
 * hosts use SCIM as well; Active Directory and LDAP directories have it in their name.
 */
export const targetKindOf = (
  directoryName: string,
  objectName: string,
  targetAttributes: readonly string[] = [],
): TargetKind => {
  if (objectName.startsWith('urn:ietf:params:scim')) return 'scim'
  if (/\b(sql|database)\b/i.test(directoryName)) return 'sql'
  if (isEntra(directoryName, undefined)) return 'other'
  if (/\bactive directory\b|\bldap\b/i.test(directoryName)) return 'ldap'
  if (OWN_API.test(directoryName)) return 'other'
  return targetAttributes.some((name) => SCIM_PATH.test(name)) ? 'scim' : 'other'
}
