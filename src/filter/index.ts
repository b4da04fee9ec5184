/**
 * Scoping filters: the operator table, compiled filters, explanations and lints.
 * @module attrflow/filter
 */

export {
  type CompiledFilter,
  type CompileFilterOptions,
  compileFilter,
  type FilterResult,
} from './compile.js'
export { filterDecider, type ScopeDecision } from './decide.js'
export type {
  FilterOperator,
  OperatorExample,
  OperatorNote,
  RefusedOperator,
} from './define.js'
export {
  type ClauseExplanation,
  explainFilter,
  type FilterExplanation,
  filterExplainer,
  type GroupExplanation,
  type SetExplanation,
  type Verdict,
} from './explain.js'
export { type LintFilterOptions, lintFilter } from './lint.js'
export { type LoweredFilter, type LowerFilterOptions, lowerFilter } from './lower.js'
export { filterOperators, findOperator, knownOperators } from './operators.js'
export { renderOperator, renderOperatorList, renderOperatorPage } from './reference.js'
export { type AttributeOrigin, type RequiredTexts, requiredTexts } from './required-texts.js'
export { clauseText, clauseWords, type FilterSetName, filterSetNames } from './resolve.js'
