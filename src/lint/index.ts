/** Lint rules over expressions, filters, attribute mappings and object mappings, and the value domains they use. */
export { type Analysis, type AnalysisOptions, analyzeDomains } from './analysis.js'
export type { Failure } from './conversions.js'
export {
  defineRule,
  type ExpressionContext,
  type MappingContext,
  type MappingExample,
  type ObjectMappingContext,
  type Rule,
  type RuleDeclaration,
  type RuleExample,
} from './define.js'
export { admits, type Domain, mayBeMissing } from './domain.js'
export { attributeDomain } from './fit.js'
export { lintExpression } from './lint-expression.js'
export { type LintSchemaOptions, lintSchema } from './lint-schema.js'
export { rules } from './rules/index.js'
