/** Documented error codes of the provisioning log, as far as connectors give them. */
export type ErrorCode =
  | 'EntryConflict'
  | 'TooManyRequests'
  | 'InternalServerError'
  | 'InsufficientRights'
  | 'MethodNotAllowed'
  | 'Unauthorized'
  | 'UnprocessableEntity'
  | 'WebExceptionProtocolError'
  | 'InvalidAnchor'
  | 'NotImplemented'
  | 'MandatoryFieldsMissing'
  | 'SchemaAttributeNotFound'
  | 'InternalError'
  | 'Timeout'
  | 'LicenseLimitExceeded'
  | 'DuplicateSourceEntries'
  | 'DuplicateTargetEntries'
  | 'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse'
  | 'SystemForCrossDomainIdentityManagementServiceIncompatible'
  | 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable'
  | 'SchemaPropertyCanOnlyAcceptValue'

/** What a system answered when it did not do what was asked. */
export interface Failure {
  readonly outcome: 'refused' | 'conflict' | 'gone' | 'retry' | 'unknown'
  readonly code: ErrorCode
  /** What was asked and what was answered, for people: no secrets, no bodies of requests. */
  readonly reason: string
  /**
   * What it concerns: this `object` (the default), or every object, because `credentials` are refused or the
   * system breaks the protocol (`compliance`); those two quarantine a job at once.
   */
  readonly concerns?: 'object' | 'credentials' | 'compliance'
  /** For `retry`: not before so many milliseconds from now. */
  readonly after?: number
}

/**
 * What a system answered. A connector never throws for what a server answers or fails to answer:
 * - `done`: it was carried out.
 * - `refused`: it was not, and will not be until something changes.
 * - `conflict`: another object has a value that must be unique.
 * - `gone`: there is no object with this identifier.
 * - `retry`: it was not carried out now, and may be later.
 * - `unknown`: it may have been carried out: time-out, cut connection, an error of the server after a write.
 *   Only an operation that writes ends so; a read that fails is `retry`.
 */
export type Answer<T> = { readonly outcome: 'done'; readonly value: T } | Failure

/** A successful answer. */
export const done = <T>(value: T): Answer<T> => ({ outcome: 'done', value })
