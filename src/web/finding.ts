import { adviceFor } from '../diagnostics/advice.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Finding } from './answers.js'

/** A diagnostic as the page shows it. */
export const findingOf = (found: Diagnostic): Finding => {
  const { code, severity, message, span, fixes = [] } = found
  return {
    code,
    severity,
    message,
    help: adviceFor(found),
    span,
    fixes: fixes.map(({ title, edits }) => ({ title, edits })),
  }
}
