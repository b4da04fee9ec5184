/**
 * What went wrong, in the terms of .NET's exceptions:
 * - `format`: the text does not have the expected form (FormatException)
 * - `range`: a value is outside what the type can hold (ArgumentOutOfRangeException, OverflowException)
 * - `argument`: an argument is not one .NET accepts, such as an unknown culture or an invalid pattern (ArgumentException)
 * - `unsupported`: valid in .NET, and refused here because it cannot be done exactly
 * - `budget`: the work would exceed its step budget
 */
export type DotnetFailureKind = 'format' | 'range' | 'argument' | 'unsupported' | 'budget'

/**
 * Thrown by the functions under `dotnet/` when .NET would throw, too. It is deliberately not an `Error`:
 * dirty data is ordinary in a provisioning cycle and must not pay for a stack trace. The evaluation layer
 * turns it into an EvaluationError; callers of the library never see it.
 */
export class DotnetFailure {
  readonly kind: DotnetFailureKind
  /** A sentence without a final full stop, for use inside a diagnostic's message. */
  readonly message: string
  /** Where in the offending pattern or format string the fault lies, in UTF-16 units, if it is known. */
  readonly start: number | undefined
  readonly end: number | undefined

  constructor(kind: DotnetFailureKind, message: string, start?: number, end?: number) {
    this.kind = kind
    this.message = message
    this.start = start
    this.end = end
  }
}
