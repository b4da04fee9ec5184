/**
 * Tests of mappings in programs: matchers for Vitest and Jest, assertions for `node:test` and others, and source objects
 * for fast-check. It imports none of them.
 * @module attrflow/testing
 */

export type { ExpectedObject, ExpectedOutcome } from '../verify/test-file.js'
export { assertEvaluatesTo, assertMapsTo } from './assertions.js'
export type { EvaluateOptions, MapOptions } from './expected.js'
export { type MappingMatchers, type MatcherResult, matchers } from './matchers.js'
export { type FastCheck, sourceObjects } from './source-objects.js'
