/**
 * The functions of the language with their documentation, and the references generated from it.
 * @module attrflow/functions
 */

export {
  type CallForm,
  type DocumentedFunction,
  type DocumentedParameter,
  type FunctionBody,
  type FunctionDefinition,
  type FunctionExample,
  type FunctionFamily,
  type FunctionNote,
  type GraphParameterType,
  isOptional,
  type LiteralProblem,
  type Parameter,
  type ParameterType,
  parameterAt,
  signatureOf,
} from './define.js'
export { documented } from './documentation.js'
export {
  type FunctionSchema,
  functionSchema,
  functionSchemas,
  type ParameterSchema,
} from './graph-schema.js'
export { integerParametersOf } from './graph-type.js'
export { FunctionLibrary } from './library.js'
export {
  type BodyArguments,
  defineOwnFunction as defineFunction,
  type OwnFunction,
  type OwnParameter,
  type OwnParameterEntry,
  type OwnParameters,
  type ReturnType,
} from './own-function.js'
export { standardLibrary } from './standard.js'
export { describeFunction, listFunctions } from './terminal.js'
