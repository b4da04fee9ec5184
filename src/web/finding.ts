import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Finding } from './answers.js'

/** A diagnostic as the page shows it. */
export const findingOf = ({ code, severity, message, hint, span, fixes = [] }: Diagnostic): Finding => ({
  code,
  severity,
  message,
  help: hint,
  span,
  fixes: fixes.map(({ title, edits }) => ({ title, edits })),
})
