import type { DiagnosticDefinition, MessageArguments } from './define.js'
import { expressionDiagnostics } from './expression.js'
import { lintDiagnostics } from './lint.js'
import { lintRuleDiagnostics } from './lint-rules.js'
import { mappingDiagnostics } from './mapping.js'

/**
 * Every diagnostic attrflow can raise, by code. Bands: AF1xxx syntax, AF2xxx names, AF3xxx types and limits,
 * AF4xxx schema, mapping and filter, AF5xxx evaluation, AF9xxx lint. A code never changes its meaning.
 */
export const catalogue: typeof expressionDiagnostics &
  typeof mappingDiagnostics &
  typeof lintDiagnostics &
  typeof lintRuleDiagnostics = {
  ...expressionDiagnostics,
  ...mappingDiagnostics,
  ...lintDiagnostics,
  ...lintRuleDiagnostics,
}

/** A stable diagnostic code, such as `AF2001`. */
export type DiagnosticCode = keyof typeof catalogue

/** The placeholders of a diagnostic's message. */
export type ArgumentsOf<Code extends DiagnosticCode> = MessageArguments<(typeof catalogue)[Code]['message']>

// Each band is declared `as const` to keep the types of its placeholders; this checks its form.
catalogue satisfies Readonly<Record<string, DiagnosticDefinition>>
