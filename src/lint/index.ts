/**
 * Lint rules over expressions, filters, attribute mappings and object mappings, and the value domains they use.
 * @module attrflow/lint
 */

export { admits, type Domain, mayBeMissing } from '../functions/domain.js'
export { type Analysis, type AnalysisOptions, analyzeDomains } from './analysis.js'
export { attributeDomain } from './attribute-domain.js'
export {
  type Baseline,
  type BaselineEntry,
  beyondBaseline,
  isBaseline,
  makeBaseline,
  type SourceFindings,
} from './baseline.js'
export {
  type Config,
  configProblems,
  type DiffLimit,
  type DiffLimitName,
  type DiffLimits,
  diffLimitNames,
} from './config.js'
export { configSchema } from './config-schema.js'
export type { Failure } from './conversions.js'
export {
  defineRule,
  type ExpressionContext,
  type MappingContext,
  type ObjectMappingContext,
  type Rule,
  type RuleDeclaration,
} from './define.js'
export { type DiagnosedExpression, diagnoseExpression, diagnoseSchema } from './diagnose.js'
export {
  type MappingExample,
  type RuleCode,
  type RuleDocumentation,
  type RuleExample,
  ruleDocumentation,
} from './documentation.js'
export { filterRules } from './filter-rules.js'
export { type FixedSchema, type FixedText, fixExpression, fixSchema } from './fix.js'
export {
  applyLevels,
  codeNamed,
  configurableNames,
  type Level,
  type Levels,
  levelProblems,
  ruleIdOf,
} from './levels.js'
export { lintExpression } from './lint-expression.js'
export { lintSchema } from './lint-schema.js'
export type { LintSchemaOptions } from './mapping-environment.js'
export { badExample, exampleParts, lintReference } from './reference.js'
export { rules } from './rules/index.js'
