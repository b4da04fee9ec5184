/**
 * Tests of mappings, and the effects of changes of a schema.
 * @module attrflow/verify
 */

export { type CaseOptions, caseOfObject, type ObjectCase } from './case-of-object.js'
export {
  type Coverage,
  type CoveragePoint,
  type CoveredAttribute,
  type CoveredExpression,
  coveredShare,
  type Decision,
  reasonsText,
  withoutIgnored,
} from './coverage.js'
export { CoverageGatherer } from './coverage-gatherer.js'
export { type CoverageRange, coverageMap, type FileCoverageMap, type SchemaCoverage } from './coverage-map.js'
export { coveragePage } from './coverage-page.js'
export {
  type AcceptedChange,
  acceptedProblem,
  acceptingLine,
  breakingOf,
  type ChangeReview,
  changeDigest,
  reviewChanges,
} from './diff/accepted.js'
export { CauseCounter, type EffectCauses } from './diff/causes.js'
export { type CounterexampleSearch, type SearchOptions, searchCounterexample } from './diff/counterexample.js'
export {
  type AttributeEffect,
  EffectGatherer,
  type EffectOptions,
  type EffectTag,
  effectTags,
  type MappingEffect,
  type ObjectEffect,
  type TaggedObjects,
  type ValuePair,
} from './diff/effect.js'
export { EffectReadings } from './diff/effect-readings.js'
export { defaultLimits, EFFECT_PATH, exceededLimits } from './diff/limits.js'
export {
  causesText,
  diffMarkdown,
  LONGEST_COMMENT,
  pairCount,
  type SchemaDiff,
  searchLines,
} from './diff/markdown.js'
export { diffPage } from './diff/page.js'
export type { Criticality, SchemaChange } from './diff/schema-change.js'
export type { SourceObject } from './diff/source-object.js'
export type { InstrumentedSide } from './diff/steering.js'
export { schemaChanges } from './diff/structure.js'
export { selectionsDiffer } from './diff/unique-candidates.js'
export { type ReviewedDiff, verdictOf } from './diff/verdict.js'
export { type Difference, differencesOf, differenceText } from './differences.js'
export { type GenerateOptions, generateObjects } from './generate.js'
export { type CachedMutants, mutantKeys, readCachedMutants } from './mutate/mutant-cache.js'
export { type Mutant, mutantsOf, mutations } from './mutate/mutants.js'
export type { Mutation } from './mutate/mutation.js'
export { mutationReport, type SchemaMutants } from './mutate/mutation-report.js'
export {
  type Killer,
  type MutantResult,
  type MutantRunOptions,
  type MutantStatus,
  type MutantTest,
  runMutants,
} from './mutate/run-mutants.js'
export {
  type FileResults,
  failureLines,
  githubReport,
  junitReport,
  tapReport,
} from './reporters.js'
export { runTestFile, type TestFiles, type TestOptions, type TestResult } from './run-test-file.js'
export {
  type CaseLines,
  type ExpectedObject,
  type ExpectedOutcome,
  type IgnoredBranch,
  readTestFile,
  type TestCase,
  type TestFile,
  type TestFileProblem,
  type TestFileReading,
  testFileSchema,
} from './test-file.js'
export { testFileText } from './test-file-text.js'
