/**
 * Answers and records in Microsoft Graph's form: parseExpression, functions, filterOperators, provisionOnDemand.
 * @module attrflow/graph
 */

export {
  type FilterOperatorSchema,
  type FilterOperatorSchemasOptions,
  filterOperatorSchemas,
} from './filter-operators.js'
export {
  importedValues,
  type ModifiedProperty,
  type ProvisioningResult,
  type ProvisioningStep,
  provisioningResult,
  type StepDetails,
} from './provisioning-result.js'
export {
  type ExpressionInputObject,
  type FilterOperatorsResponse,
  type FunctionsResponse,
  filterOperatorsResponse,
  functionsResponse,
  outcomeForTarget,
  type ParseExpressionOptions,
  type ParseExpressionRequest,
  type ParseExpressionResponse,
  type PublicError,
  type PublicErrorDetail,
  parseExpressionResponse,
  readTestInput,
  type TestProperty,
} from './responses.js'
