import type { CompiledExpression } from '../expression/compile.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { SourceRecord } from '../values/record.js'
import type { ExpectedObject } from '../verify/test-file.js'
import { type EvaluateOptions, evaluatesTo, type MapOptions, mapsTo, type Verdict } from './expected.js'

/** The result of a matcher, in the form of Vitest and Jest. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The matchers, for their declaration to TypeScript. */
export interface MappingMatchers<Result = void> {
  /** For an object: the mapping gives the expected result, in the form of test files. */
  toMapTo(mapping: CompiledObjectMapping, expected: ExpectedObject, options?: MapOptions): Result
  /** For an expression (text or compiled): it has this value or outcome for the object. */
  toEvaluateTo(object: SourceRecord, expected: unknown, options?: EvaluateOptions): Result
}

const resultOf = ({ differences, message }: Verdict, negated: string): MatcherResult => ({
  pass: differences.length === 0,
  message: () => (differences.length === 0 ? negated : message),
})

/** For `expect.extend(matchers)`. */
export const matchers = {
  toMapTo: (
    object: SourceRecord,
    mapping: CompiledObjectMapping,
    expected: ExpectedObject,
    options?: MapOptions,
  ): MatcherResult =>
    resultOf(mapsTo(mapping, object, expected, options), 'the object is mapped as it should not be'),
  toEvaluateTo: (
    expression: string | CompiledExpression,
    object: SourceRecord,
    expected: unknown,
    options?: EvaluateOptions,
  ): MatcherResult =>
    resultOf(
      evaluatesTo(expression, object, expected, options),
      'the expression has the outcome that it should not have',
    ),
} as const
