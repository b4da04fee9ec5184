import type { DiagnosticCode } from '../diagnostics/catalogue.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import {
  type EvaluationArguments,
  type EvaluationCode,
  evaluationDiagnostic,
  type Wording,
} from '../diagnostics/evaluation-diagnostic.js'
import type { Span } from '../text/span.js'

/** Where in an expression an evaluation takes place: its position, and the names of the calls around it. */
export interface Site {
  readonly span: Span
  /** Outermost first, ending with the call itself. */
  readonly calls: readonly string[]
  /** The argument whose value the function may be unable to read, if there is exactly one. */
  readonly argument?: Span
  /** Whether a redacted value is involved: redacted here, inside, or by a call around. */
  readonly redacted?: boolean
}

/**
 * Thrown when the data of one object make an evaluation fail, and caught at the root of the expression. It is
 * not an `Error`: it needs no stack trace, and dirty data must stay cheap.
 */
export class Fault {
  readonly code: DiagnosticCode
  readonly args: Readonly<Record<string, string | number>>
  /** Filled in by the innermost site the fault passes through. */
  site: Site | undefined

  /** The wording of a code of another band than AF5, such as a filter that cannot be evaluated. */
  readonly wording: Wording | undefined

  /** The value thrown by a user-defined function. */
  readonly cause: unknown

  constructor(
    code: DiagnosticCode,
    args: Readonly<Record<string, string | number>>,
    wording?: Wording,
    cause?: unknown,
  ) {
    this.code = code
    this.args = args
    this.wording = wording
    this.cause = cause
  }
}

/** Stops the evaluation of an expression with any diagnostic. */
export const fail = (
  code: DiagnosticCode,
  args: Readonly<Record<string, string | number>>,
  wording?: Wording,
): never => {
  throw new Fault(code, args, wording)
}

/** Stops the evaluation of an expression with a diagnostic of band AF5. */
export const raise = <Code extends EvaluationCode>(code: Code, args: EvaluationArguments<Code>): never => {
  throw new Fault(code, args)
}

/** The outcome of an expression that failed: a value, not an exception. */
export class EvaluationError {
  /** The class name that consoles show; survives minification. */
  static readonly name: string = 'EvaluationError'

  readonly diagnostics: readonly Diagnostic[]
  /**
   * The value thrown by a user-defined function; undefined for every other error, and where values are
   * redacted.
   */
  readonly cause: unknown

  constructor(diagnostics: readonly Diagnostic[], cause?: unknown) {
    this.diagnostics = diagnostics
    this.cause = cause
  }
}

/**
 * Replaces a message that could quote a redacted value. Which of its parts are values depends on the code and
 * on the content of a pattern or a reason, so only the code is kept.
 */
export const redactedMessage = (code: DiagnosticCode): string =>
  `The expression failed with ${code}; its values are redacted.`

/** A value that cannot be read is reported at its argument, every other fault at the call. */
const placeOf = ({ code, site }: Fault): Span =>
  (code === 'AF5001' ? site?.argument : undefined) ?? site?.span ?? { start: 0, end: 0 }

/** Turns a fault into the error that callers see. Anything else is a bug of attrflow and is rethrown. */
export const toEvaluationError = (thrown: unknown, path?: string): EvaluationError => {
  if (!(thrown instanceof Fault)) throw thrown
  const span = placeOf(thrown)
  const calls = thrown.site?.calls ?? []
  const extras = { calls, ...(path === undefined ? {} : { path }) }
  const found = evaluationDiagnostic(thrown.code, span, thrown.args, extras, thrown.wording)
  const hidden = thrown.site?.redacted === true
  return hidden
    ? new EvaluationError([{ ...found, message: redactedMessage(found.code) }])
    : new EvaluationError([found], thrown.cause)
}
