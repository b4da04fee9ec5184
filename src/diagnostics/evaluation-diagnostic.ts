import type { Span } from '../text/span.js'
import type { DiagnosticCode } from './catalogue.js'
import { formatMessage, type MessageArguments, type Severity } from './define.js'
import type { Diagnostic, DiagnosticExtras } from './diagnostic.js'
import { evaluationMessages } from './evaluation-messages.js'

/** A code of band AF5: an error of evaluating an expression for one object. */
export type EvaluationCode = keyof typeof evaluationMessages

/** The placeholders of the message of an evaluation error. */
export type EvaluationArguments<Code extends EvaluationCode> = MessageArguments<
  (typeof evaluationMessages)[Code]
>

/** The parts of a catalogue row that a diagnostic needs. */
export interface Wording {
  readonly severity: Severity
  readonly message: string
}

/** Whether a code is of band AF5. */
export const isEvaluationCode = (code: DiagnosticCode): code is EvaluationCode =>
  Object.hasOwn(evaluationMessages, code)

/**
 * Like `diagnostic`, but loads only this band of the catalogue, for generated modules.
 * @param wording needed for a code of another band
 */
export const evaluationDiagnostic = (
  code: DiagnosticCode,
  span: Span,
  args: Readonly<Record<string, string | number>>,
  extras: DiagnosticExtras,
  wording: Wording | undefined,
): Diagnostic => {
  const message = wording?.message ?? (isEvaluationCode(code) ? evaluationMessages[code] : undefined)
  if (message === undefined) throw new TypeError(`${code} is not an evaluation error`)
  const severity = wording?.severity ?? 'error'
  return { code, severity, message: formatMessage(message, args), span, ...extras }
}
