export { type Answer, done, type ErrorCode, type Failure } from './answer.js'
export { FileSource, type FileSourceOptions } from './file-source.js'
export { GraphSource, type GraphSourceOptions } from './graph-source.js'
export {
  type LdapChanges,
  LdapSource,
  type LdapSourceKind,
  type LdapSourceOptions,
} from './ldap/ldap-source.js'
export { LdapTarget, type LdapTargetOptions } from './ldap/ldap-target.js'
export { MissingDriver } from './missing-driver.js'
export { type ClientCredentials, clientCredentials, TokenError } from './oauth.js'
export {
  countObjects,
  type ProbeAnswer,
  type ProbeReport,
  probeQuestions,
  probeTarget,
} from './scim/probe/probe.js'
export { completeProfile, profileProblem, type TargetProfile } from './scim/profile.js'
export { ScimTarget, type ScimTargetOptions } from './scim/scim-target.js'
export type { ListChange, RemovedReason, Source, SourceChange, SourcePage } from './source.js'
export { SqlSource, type SqlSourceOptions, type SqlSourceTable } from './sql/sql-source.js'
export { SqlTarget, type SqlTargetOptions } from './sql/sql-target.js'
export type { ListTable, SqlTable, TableStatements } from './sql/table.js'
export type {
  MemberChange,
  Target,
  TargetAbilities,
  TargetChange,
  TargetEntry,
  TargetKey,
} from './target.js'
