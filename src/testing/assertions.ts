import type { CompiledExpression } from '../expression/compile.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { SourceRecord } from '../values/record.js'
import type { ExpectedObject } from '../verify/test-file.js'
import { type EvaluateOptions, evaluatesTo, type MapOptions, mapsTo, type Verdict } from './expected.js'

/** Test runners recognise a failed assertion by this name and code. */
class AssertionError extends Error {
  override readonly name = 'AssertionError'
  readonly code = 'ERR_ASSERTION'
  readonly expected: unknown
  readonly actual: unknown

  constructor({ message, differences }: Verdict) {
    super(message)
    const side = (of: 'expected' | 'found'): object =>
      Object.fromEntries(differences.map((one) => [one.path, one[of]]))
    this.expected = side('expected')
    this.actual = side('found')
  }
}

const assertNoDifference = (verdict: Verdict): void => {
  if (verdict.differences.length > 0) throw new AssertionError(verdict)
}

/**
 * Maps an object and compares the result with the expected one, in the form of test files: only named members
 * are compared, unless `exact`.
 * @throws {Error} named AssertionError, with every difference in its message
 */
export const assertMapsTo = (
  mapping: CompiledObjectMapping,
  object: SourceRecord,
  expected: ExpectedObject,
  options?: MapOptions,
): void => assertNoDifference(mapsTo(mapping, object, expected, options))

/**
 * Evaluates an expression (text or compiled) and compares the outcome with the expected one: the value, or `{
 * outcome }`, `{ error }`, `{ value }`.
 * @throws {Error} named AssertionError, with every difference in its message
 * @example
 * assertEvaluatesTo('ToUpper([a])', { a: 'x' }, 'X') // undefined
 */
export const assertEvaluatesTo = (
  expression: string | CompiledExpression,
  object: SourceRecord,
  expected: unknown,
  options?: EvaluateOptions,
): void => assertNoDifference(evaluatesTo(expression, object, expected, options))
