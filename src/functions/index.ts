/**
 * The functions of the language with their documentation, and what is made of it.
 * @module attrflow/functions
 */

export {
  type CallForm,
  type DocumentedFunction,
  type DocumentedParameter,
  defineFunction,
  type FunctionBody,
  type FunctionDeclaration,
  type FunctionDefinition,
  type FunctionExample,
  type FunctionFamily,
  type FunctionNote,
  type GraphParameterType,
  isOptional,
  type LiteralProblem,
  type Parameter,
  type ParameterDeclaration,
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
export { standardLibrary } from './standard.js'
export { describeFunction, listFunctions } from './terminal.js'
