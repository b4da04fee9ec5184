import { evaluationDiagnostics } from './evaluation.js'
import { nameDiagnostics } from './names.js'
import { syntaxDiagnostics } from './syntax.js'
import { typeDiagnostics } from './types.js'

/**
 * The part of the catalogue that expressions need: the diagnostics of parsing, checking and evaluating one.
 */
export const expressionDiagnostics: typeof syntaxDiagnostics &
  typeof nameDiagnostics &
  typeof typeDiagnostics &
  typeof evaluationDiagnostics = {
  ...syntaxDiagnostics,
  ...nameDiagnostics,
  ...typeDiagnostics,
  ...evaluationDiagnostics,
}

/** A code of the bands AF1, AF2, AF3 and AF5. */
export type ExpressionCode = keyof typeof expressionDiagnostics
