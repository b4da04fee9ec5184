import { type CompiledExpression, compileExpression, requireCompiled } from '../expression/compile.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import { requireMapping } from '../mapping/mapping-plan.js'
import type { SourceRecord } from '../values/record.js'
import { type Difference, differenceText } from '../verify/differences.js'
import { compareObject, compareOutcome, contextOf, mapCase } from '../verify/expectations.js'
import type { ExpectedObject, ExpectedOutcome, TestCase } from '../verify/test-file.js'

/** The options for mapping an object. */
export type MapOptions = Pick<TestCase, 'now' | 'target' | 'operation' | 'taken'>

/** The options for evaluating an expression. */
export type EvaluateOptions = Pick<TestCase, 'now' | 'taken'>

/** Why a result differs from the expected one, and both sides for tools that compare them. */
export interface Verdict {
  readonly differences: readonly Difference[]
  readonly message: string
}

const verdictOf = (subject: string, differences: readonly Difference[]): Verdict => ({
  differences,
  message: [subject, ...differences.map((one) => `  ${differenceText(one)}`)].join('\n'),
})

/** Maps an object and compares the result with the expected one. */
export const mapsTo = (
  mapping: CompiledObjectMapping,
  object: SourceRecord,
  expected: ExpectedObject,
  options: MapOptions = {},
): Verdict => {
  requireMapping(mapping)
  return verdictOf(
    'the object is mapped differently:',
    compareObject(expected, mapCase(mapping, options, object).json),
  )
}

/** Evaluates an expression and compares the outcome with the expected one. */
export const evaluatesTo = (
  expression: string | CompiledExpression,
  object: SourceRecord,
  expected: ExpectedOutcome | unknown,
  options: EvaluateOptions = {},
): Verdict => {
  const compiled = typeof expression === 'string' ? compileExpression(expression) : expression
  requireCompiled(compiled)
  const outcome = compiled.evaluate(object, contextOf(options))
  return verdictOf(
    'the expression has a different outcome:',
    compareOutcome(expected, outcome, compiled.redacted),
  )
}
