import type { ArgumentsOf, DiagnosticCode } from '../diagnostics/catalogue.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Span } from '../text/span.js'

/** Where in an expression something is evaluated: its position, and the names of the calls around it. */
export interface Site {
  readonly span: Span
  /** Outermost first, ending with the call itself. */
  readonly calls: readonly string[]
}

/**
 * Thrown inside an evaluation when the data of one object make it fail, and caught at the root of the
 * expression. It is not an `Error`: it needs no stack trace, and dirty data must stay cheap.
 */
export class Fault {
  readonly code: DiagnosticCode
  readonly args: Readonly<Record<string, string | number>>
  /** Filled in by the innermost site the fault passes through. */
  site: Site | undefined

  constructor(code: DiagnosticCode, args: Readonly<Record<string, string | number>>) {
    this.code = code
    this.args = args
  }
}

/** Stops the evaluation of an expression with a diagnostic of band AF5. */
export const raise = <Code extends DiagnosticCode>(code: Code, args: ArgumentsOf<Code>): never => {
  throw new Fault(code, args)
}

/** The outcome of an expression that failed: a value, not an exception. */
export class EvaluationError {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    this.diagnostics = diagnostics
  }
}

/** Turns a fault into the error that callers see. Anything else is our own bug, and is thrown on. */
export const toEvaluationError = (thrown: unknown, path?: string): EvaluationError => {
  if (!(thrown instanceof Fault)) throw thrown
  const span = thrown.site?.span ?? { start: 0, end: 0 }
  const calls = thrown.site?.calls ?? []
  // The code of a fault fixes its arguments where it is raised; that link is lost on the way here.
  const found = diagnostic(thrown.code, span, thrown.args as never, {
    calls,
    ...(path === undefined ? {} : { path }),
  })
  return new EvaluationError([found])
}
