import {
  clientCredentials,
  completeProfile,
  LdapTarget,
  type LdapTargetOptions,
  profileProblem,
  ScimTarget,
  type SqlTable,
  SqlTarget,
  type Target,
  type TargetProfile,
} from '../../connect/index.js'
import type { CompiledObjectMapping } from '../../mapping/index.js'
import { shown } from '../../text/shown.js'
import { isJsonObject } from '../../values/json-object.js'
import { type CliIo, UsageError } from '../io.js'
import { readYaml } from '../read-yaml-file.js'
import { directoryAccess, serviceUrl, withEnvironment } from './environment.js'
import { type SqlFile, sqlAddress, sqlProblem } from './job-sql.js'
import { unknownMember, wrongMember } from './member-problems.js'

/** How to reach a SCIM service, for a job and for `target probe`. */
export interface ScimServiceFile {
  readonly scim: string
  /** The bearer token, or OAuth client credentials in the next four members. */
  readonly token?: string
  readonly tokenUrl?: string
  readonly clientId?: string
  readonly clientSecret?: string
  readonly scope?: string
  /** In milliseconds. */
  readonly requestTimeout?: number
}

/** The part of a job file about a SCIM service. */
export interface ScimTargetFile extends ScimServiceFile {
  readonly compliant?: boolean
  /** A file that `attrflow target probe` wrote, or its members. */
  readonly profile?: string | Partial<TargetProfile>
  readonly concurrency?: number
}

/** The part of a job file about an LDAP directory, with the members of `LdapTargetOptions`. */
export type LdapTargetFile = { readonly ldap: string } & Omit<LdapTargetOptions, 'url' | 'mappings'>

/** The part of a job file about its target. */
export type TargetFile = ScimTargetFile | LdapTargetFile | SqlFile<SqlTable>

/** The members of a SCIM service as a target. */
export const scimMembers = [
  ...(['scim', 'token', 'tokenUrl', 'clientId', 'clientSecret', 'scope'] as const),
  ...(['requestTimeout', 'compliant', 'profile', 'concurrency'] as const),
] as const

const ldapKindMembers = ['objectClasses', 'rdn', 'container', 'dn', 'emptyMember']

const ldapMembers = [
  ...['ldap', 'bindDn', 'password', 'base', 'activeDirectory', 'anchor', 'references', 'objects'],
  ...['trustAnyCertificate', 'requestTimeout', 'passwordAfterAdd', ...ldapKindMembers],
]

/** Returns what is wrong with an LDAP directory of a job file; undefined if it is valid. */
const ldapProblem = (target: Readonly<Record<string, unknown>>): string | undefined => {
  const missing = ['bindDn', 'password', 'base'].find((name) => typeof target[name] !== 'string')
  if (missing !== undefined) return `an LDAP target needs ${missing}`
  const problem = unknownMember('target', target, ldapMembers) ?? wrongMember('target', target)
  if (problem !== undefined || target.objects === undefined) return problem
  if (!isJsonObject(target.objects)) return 'target.objects must have a member for each kind of object'
  for (const [kind, entries] of Object.entries(target.objects)) {
    const place = `target.objects.${shown(kind)}`
    if (!isJsonObject(entries)) return `${place} takes ${ldapKindMembers.join(', ')}`
    const wrong = unknownMember(place, entries, ldapKindMembers) ?? wrongMember(place, entries)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

/** Returns what is wrong with the target of a job file; undefined if it is valid. */
export const targetProblem = (target: unknown): string | undefined => {
  const names = isJsonObject(target)
    ? ['scim', 'ldap', 'sql'].filter((name) => typeof target[name] === 'string')
    : []
  if (!isJsonObject(target) || names.length !== 1)
    return 'target must name one of a SCIM service (scim: https://…), a directory (ldap: ldaps://…) or a database (sql: postgres://…)'
  if (names[0] === 'sql') return sqlProblem('target', target, ['columns', 'lists', 'statements'])
  if (typeof target.ldap === 'string') return ldapProblem(target)
  const unknown = unknownMember('target', target, scimMembers) ?? wrongMember('target', target)
  if (unknown !== undefined) return unknown
  const { tokenUrl, clientId, clientSecret, token } = target
  if (tokenUrl !== undefined && (typeof clientId !== 'string' || typeof clientSecret !== 'string'))
    return 'target.tokenUrl needs clientId and clientSecret'
  if (tokenUrl !== undefined && token !== undefined) return 'target has token or tokenUrl, not both'
  return isJsonObject(target.profile) ? profileProblem(target.profile) : undefined
}

/** The profile of a SCIM target. Throws UsageError if its file is not a profile. */
export const readProfile = async (
  target: TargetFile,
  at: (path: string) => string,
  io: CliIo,
): Promise<TargetProfile> => {
  if (!('scim' in target)) return completeProfile({})
  const { profile, compliant = false } = target
  if (typeof profile !== 'string') return completeProfile(profile ?? {}, compliant)
  const value = await readYaml(io, at(profile), profile)
  const problem = profileProblem(value)
  if (problem !== undefined) throw new UsageError(`${shown(profile)}: ${problem}`)
  return completeProfile(value as Partial<TargetProfile>, compliant)
}

/** The token of a SCIM service: a text, a function that renews it, or undefined for none. */
export const tokenOf = (
  { token, tokenUrl, clientId = '', clientSecret = '', scope }: ScimServiceFile,
  io: CliIo,
): string | (() => Promise<string>) | undefined => {
  if (tokenUrl === undefined) return token === undefined ? undefined : withEnvironment(token, io)
  return clientCredentials({
    tokenUrl: serviceUrl('target.tokenUrl', tokenUrl, 'http', io),
    clientId: withEnvironment(clientId, io),
    clientSecret: withEnvironment(clientSecret, io),
    ...(scope === undefined ? {} : { scope: withEnvironment(scope, io) }),
  })
}

/** The URL of a SCIM service, and its token. */
export const scimAccess = (
  service: ScimServiceFile,
  io: CliIo,
): { readonly url: string; readonly token: ReturnType<typeof tokenOf> } => ({
  url: serviceUrl('target.scim', service.scim, 'http', io),
  token: tokenOf(service, io),
})

/** The target of a job. */
export const targetOf = (
  target: TargetFile,
  mappings: ReadonlyMap<string, CompiledObjectMapping>,
  profile: TargetProfile,
  at: (path: string) => string,
  io: CliIo,
): Target => {
  if ('sql' in target)
    return new SqlTarget({
      address: sqlAddress(withEnvironment(target.sql, io), at),
      tables: target.tables,
      mappings,
    })
  if ('ldap' in target) {
    const { ldap, ...rest } = target
    return new LdapTarget({
      ...rest,
      ...directoryAccess('target', target, io),
      mappings,
    })
  }
  const { requestTimeout, concurrency } = target
  return new ScimTarget({
    ...scimAccess(target, io),
    mappings,
    profile,
    ...(requestTimeout === undefined ? {} : { requestTimeout }),
    ...(concurrency === undefined ? {} : { concurrency }),
  })
}
