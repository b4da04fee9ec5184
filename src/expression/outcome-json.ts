import type { Severity } from '../diagnostics/define.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { DateTime, invariantText } from '../dotnet/dates/index.js'
import type { Span } from '../text/span.js'
import { requireList, requireMade } from '../values/misuse.js'
import type { Outcome } from '../values/outcome.js'
import { textForm } from '../values/text.js'
import type { Value } from '../values/value.js'

/** A diagnostic as data. */
export interface DiagnosticJson {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly span: Span
}

/** An outcome as data: what `eval --batch` writes for a line. */
export interface OutcomeJson {
  readonly outcome: Outcome['kind']
  /** The value with its JSON kind; a DateTime is its text, an integer beyond the safe range its digits. */
  readonly value?: unknown
  /** The text the service would send; one for each element of a list. */
  readonly text?: string | readonly string[]
  /** Whether the value must not be shown, because a function such as Redact yields it. */
  readonly redacted?: true
  readonly diagnostics: readonly DiagnosticJson[]
}

/** A diagnostic in the form of {@link DiagnosticJson}. */
export const diagnosticJson = ({ code, severity, message, span }: Diagnostic): DiagnosticJson => ({
  code,
  severity,
  message,
  span: { start: span.start, end: span.end },
})

/** A value in its JSON form. */
export const valueJson = (value: Value): unknown => {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof DateTime) return invariantText(value)
  if (Array.isArray(value)) return value.map((element: Value) => valueJson(element))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, valueJson(member as Value)]))
}

/** The outcome, value and text members. */
export const outcomeMembers = (outcome: Outcome): Omit<OutcomeJson, 'diagnostics'> => {
  if (outcome.kind !== 'value') return { outcome: outcome.kind }
  const text = textForm(outcome.value)
  return { outcome: 'value', value: valueJson(outcome.value), ...(text === null ? {} : { text }) }
}

/** An outcome with earlier findings, such as warnings of the checker. */
export const outcomeJson = (outcome: Outcome, findings: readonly Diagnostic[]): OutcomeJson => {
  requireMade(outcome, 'kind', 'an outcome, such as compiled.evaluate(record)')
  requireList(findings, 'diagnostics')
  const own = outcome.kind === 'error' ? outcome.diagnostics : []
  const all = own === findings ? own : [...findings, ...own]
  return { ...outcomeMembers(outcome), diagnostics: all.map(diagnosticJson) }
}
