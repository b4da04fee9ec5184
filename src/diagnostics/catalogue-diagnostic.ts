import type { Span } from '../text/span.js'
import { type ArgumentsOf, catalogue, type DiagnosticCode } from './catalogue.js'
import { formatMessage } from './define.js'
import type { Diagnostic, DiagnosticExtras } from './diagnostic.js'

/**
 * Makes a diagnostic from any row of the catalogue. Programs that only evaluate expressions use the smaller
 * function of the same name in `diagnostic.ts`.
 */
export const diagnostic = <Code extends DiagnosticCode>(
  code: Code,
  span: Span,
  args: ArgumentsOf<Code>,
  extras: DiagnosticExtras = {},
): Diagnostic => {
  const { severity, message } = catalogue[code]
  return { code, severity, message: formatMessage(message, args), span, ...extras }
}
