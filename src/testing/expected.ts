import { type CompiledExpression, compileExpression } from '../expression/compile.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { SourceRecord } from '../values/record.js'
import { type Difference, differenceText } from '../verify/differences.js'
import { compareObject, compareOutcome, contextOf, mapCase } from '../verify/expectations.js'
import type { ExpectedObject, ExpectedOutcome, TestCase } from '../verify/test-file.js'

/** What an object is mapped with. */
export type MapOptions = Pick<TestCase, 'now' | 'target' | 'operation' | 'taken'>

/** What an expression is evaluated with. */
export type EvaluateOptions = Pick<TestCase, 'now' | 'taken'>

/** Why something is not as expected, and both sides for tools that compare them. */
export interface Verdict {
  readonly differences: readonly Difference[]
  readonly message: string
}

const verdictOf = (subject: string, differences: readonly Difference[]): Verdict => ({
  differences,
  message: [subject, ...differences.map((one) => `  ${differenceText(one)}`)].join('\n'),
})

/** Maps an object and compares the result with what is expected. */
export const mapsTo = (
  mapping: CompiledObjectMapping,
  object: SourceRecord,
  expected: ExpectedObject,
  options: MapOptions = {},
): Verdict =>
  verdictOf(
    'the object is mapped to something else:',
    compareObject(expected, mapCase(mapping, options, object).json),
  )

/** Evaluates an expression and compares the outcome with what is expected. */
export const evaluatesTo = (
  expression: string | CompiledExpression,
  object: SourceRecord,
  expected: ExpectedOutcome | unknown,
  options: EvaluateOptions = {},
): Verdict => {
  const compiled = typeof expression === 'string' ? compileExpression(expression) : expression
  const outcome = compiled.evaluate(object, contextOf(options))
  return verdictOf('the expression has another outcome:', compareOutcome(expected, outcome))
}
