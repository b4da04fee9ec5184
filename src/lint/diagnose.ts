import { type CheckEnvironment, requireEnvironment } from '../check/environment.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type AnalyzedExpression, analyzeExpression } from '../expression/compile.js'
import { checkSchema } from '../mapping/check-schema.js'
import type { SynchronizationSchema } from '../schema/model.js'
import { bySpan } from '../text/span.js'
import { lintExpression } from './lint-expression.js'
import { lintObjectMappings } from './lint-schema.js'
import type { LintSchemaOptions } from './mapping-environment.js'

/** An analysed expression, and all its findings. */
export interface DiagnosedExpression {
  readonly analyzed: AnalyzedExpression
  /** The findings of the compiler and of the lint rules, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Finds everything that can be found in an expression without an object: faults, warnings and lint. Never
 * throws for a text.
 * @throws {TypeError} for an invalid environment
 * @example
 * diagnoseExpression('Join([givenName], " ", [surname])', environmentOf()).diagnostics.map(({ code }) => code) // ['AF9200']
 */
export const diagnoseExpression = (text: string, environment: CheckEnvironment): DiagnosedExpression => {
  requireEnvironment(environment)
  const analyzed = analyzeExpression(text, environment)
  const diagnostics = [...analyzed.diagnostics, ...lintExpression(analyzed, environment)].sort(bySpan)
  return { analyzed, diagnostics }
}

/**
 * Finds everything that can be found in a schema without an object, in the order of its file: `checkSchema`
 * and `lintSchema`.
 */
export const diagnoseSchema = (
  schema: SynchronizationSchema,
  options: LintSchemaOptions = {},
): readonly Diagnostic[] => [...diagnosisSteps(schema, options)].flat().sort(bySpan)

/** The findings of `diagnoseSchema` in steps, none of which takes long; in no order. */
export function* diagnosisSteps(
  schema: SynchronizationSchema,
  options: LintSchemaOptions,
): Generator<readonly Diagnostic[], undefined> {
  yield checkSchema(schema, options)
  yield* lintObjectMappings(schema, options)
}
