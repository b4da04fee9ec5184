/**
 * The catalogue: every diagnostic, with its severity, wording and help, and an input that raises it.
 * @module attrflow/diagnostics
 */

export { adviceFor } from './advice.js'
export { type ArgumentsOf, catalogue, type DiagnosticCode } from './catalogue.js'
export type { DiagnosticDefinition, Severity } from './define.js'
export { diagnosticExamples } from './examples.js'
