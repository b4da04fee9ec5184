import type { CompiledExpression } from '../expression/compile.js'
import type { CompiledObjectMapping } from '../mapping/compile-object-mapping.js'
import type { SourceRecord } from '../values/record.js'
import type { ExpectedObject } from '../verify/test-file.js'
import { type EvaluateOptions, evaluatesTo, type MapOptions, mapsTo, type Verdict } from './expected.js'

/** What a matcher answers, as Vitest and Jest ask for it. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The matchers as they are called; for the declaration that tells TypeScript of them. */
export interface MappingMatchers<Result = void> {
  /** Of an object: a mapping makes of it what is expected, in the form of test files. */
  toMapTo(mapping: CompiledObjectMapping, expected: ExpectedObject, options?: MapOptions): Result
  /** Of an expression, as text or compiled: evaluated for an object, it has this value, or outcome. */
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
    resultOf(mapsTo(mapping, object, expected, options), 'the object is mapped to what was not expected'),
  toEvaluateTo: (
    expression: string | CompiledExpression,
    object: SourceRecord,
    expected: unknown,
    options?: EvaluateOptions,
  ): MatcherResult =>
    resultOf(
      evaluatesTo(expression, object, expected, options),
      'the expression has the outcome that was not expected',
    ),
} as const
