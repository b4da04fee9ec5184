import type { Span } from '../text/span.js'
import type { ArgumentsOf, DiagnosticCode } from './catalogue.js'
import { formatMessage, type Severity } from './define.js'
import { type ExpressionCode, expressionDiagnostics } from './expression.js'

/** A replacement of one range of the source text. */
export interface TextEdit {
  readonly span: Span
  readonly text: string
}

/** A change that would repair the fault, ready to be applied. */
export interface Fix {
  /** What the change does, in the imperative: `Insert a comma`. */
  readonly title: string
  readonly edits: readonly TextEdit[]
  /** Whether it can be applied without review, because it cannot change the meaning. */
  readonly safe: boolean
}

/** A finding about a source text: where, what, and what to do. */
export interface Diagnostic {
  /** Stable: a code never changes its meaning. */
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly span: Span
  /** Specific advice, in addition to the catalogue's general help. */
  readonly hint?: string
  readonly fixes?: readonly Fix[]
  /** The JSON path of the expression or member the span belongs to, in findings about a schema. */
  readonly path?: string
  /** For evaluation errors: the names of the calls around the fault, outermost first. */
  readonly calls?: readonly string[]
}

/** The optional members of a {@link Diagnostic}. */
export type DiagnosticExtras = Pick<Diagnostic, 'hint' | 'fixes' | 'path' | 'calls'>

/** Makes a diagnostic that an expression can raise, from its row of the catalogue. */
export const diagnostic = <Code extends ExpressionCode>(
  code: Code,
  span: Span,
  args: ArgumentsOf<Code>,
  extras: DiagnosticExtras = {},
): Diagnostic => {
  const { severity, message } = expressionDiagnostics[code]
  return { code, severity, message: formatMessage(message, args), span, ...extras }
}

/**
 * Whether any of them is an error.
 * @example
 * hasErrors(parseExpression('Left(').diagnostics) // true
 */
export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((d) => d.severity === 'error')
