/** The documented error codes of the provisioning log that connectors use. */
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

/** The answer of a system that did not do what was requested. */
export interface Failure {
  readonly outcome: 'refused' | 'conflict' | 'gone' | 'retry' | 'unknown'
  readonly code: ErrorCode
  /** The request and the answer, for people; without secrets and bodies of requests. */
  readonly reason: string
  /**
   * What is affected: this `object` (the default), or every object, because `credentials` are refused or the
   * system breaks the protocol (`compliance`). The latter two quarantine a job at once.
   */
  readonly concerns?: 'object' | 'credentials' | 'compliance'
  /** For `retry`: how many milliseconds to wait at least. */
  readonly after?: number
}

/**
 * The answer of a system. A connector never throws because of an answer, or because there is none:
 * - `done`: the operation was carried out.
 * - `refused`: it was not carried out, and will not be until something changes.
 * - `conflict`: another object has a value that must be unique.
 * - `gone`: there is no object with this identifier.
 * - `retry`: it was not carried out now, and may be later.
 * - `unknown`: it may have been carried out: time-out, cut connection, an error of the server after a write.
 *   Only a write can have this outcome; a read that fails is `retry`.
 */
export type Answer<T> = { readonly outcome: 'done'; readonly value: T } | Failure

/** A successful answer. */
export const done = <T>(value: T): Answer<T> => ({ outcome: 'done', value })

/** The failure for an answer that cannot be right; it concerns one object. */
export const incompatible = (reason: string): Failure => ({
  outcome: 'refused',
  code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
  reason,
})

/** Ends an operation from inside with a failure, which the caller of the operation gets as its answer. */
export class FailureError extends Error {
  override readonly name = 'FailureError'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.reason)
    this.failure = failure
  }
}
