/**
 * Expressions: parsed, checked, compiled, traced; and functions of your own. The exports of the entry points
 * are stable; everything else is internal.
 * @module attrflow
 */

export type { AttributeInfo, AttributeScope } from './check/attribute-scope.js'
export {
  argumentAt,
  type BoundArgument,
  type BoundCall,
  type BoundCalls,
  type BoundExpression,
} from './check/bound.js'
export { type CheckedExpression, checkExpression } from './check/checker.js'
export { type CheckEnvironment, createEnvironment } from './check/environment.js'
export { isRedacted, redactingCalls } from './check/redaction.js'
export type { ArgumentsOf, DiagnosticCode } from './diagnostics/catalogue.js'
export type { DiagnosticDefinition, Severity } from './diagnostics/define.js'
export {
  type Diagnostic,
  type Fix,
  hasErrors,
  type TextEdit,
} from './diagnostics/diagnostic.js'
export { applyEdits } from './diagnostics/fix.js'
export { DateTime } from './dotnet/dates/index.js'
export { checkFunction, type ExampleFailure } from './expression/check-function.js'
export {
  type AnalyzedExpression,
  analyzeExpression,
  type CompiledExpression,
  type CompileOptions,
  compileExpression,
  environmentOf,
} from './expression/compile.js'
export type { Trace, TraceNode } from './expression/trace.js'
export {
  type DocumentedFunction,
  type DocumentedParameter,
  type FunctionBody,
  type FunctionDefinition,
  type FunctionExample,
  type FunctionFamily,
  type FunctionNote,
  type GraphParameterType,
  isOptional,
  type Parameter,
  type ParameterType,
  parameterAt,
  signatureOf,
} from './functions/define.js'
export { FunctionLibrary } from './functions/library.js'
export {
  type BodyArguments,
  defineOwnFunction as defineFunction,
  type OwnFunction,
  type OwnParameter,
  type OwnParameterEntry,
  type OwnParameters,
  type ReturnType,
} from './functions/own-function.js'
export { standardLibrary } from './functions/standard.js'
export type {
  Argument,
  AttributeReference,
  Comparison,
  ComparisonOperator,
  Concatenation,
  DecimalLiteral,
  Expression,
  FunctionCall,
  IntegerLiteral,
  InvalidExpression,
  Name,
  OmittedArgument,
  Placeholder,
  StringLiteral,
  SyntaxNode,
} from './syntax/ast.js'
export { type ParseResult, parseExpression } from './syntax/parser.js'
export { childrenOf, visit } from './syntax/walk.js'
export { type Position, SourceText } from './text/source-text.js'
export type { Span } from './text/span.js'
export { closest } from './text/suggest.js'
export { type ContextInput, createContext, type EvaluationContext } from './values/context.js'
export { EvaluationError } from './values/fault.js'
export { FlowMarker } from './values/marker.js'
export type { Outcome } from './values/outcome.js'
export { cryptoRandom, type RandomSource, seededRandom } from './values/random.js'
export type { AttributeName, SourceRecord } from './values/record.js'
export { resolveSettings } from './values/resolve-settings.js'
export {
  type Dialect,
  defaultSettings,
  type Limits,
  type NullPolicy,
  type Settings,
  type SettingsInput,
} from './values/settings.js'
export { display, textForm } from './values/text.js'
export { kindOf, type List, type ObjectValue, type Value, type ValueKind } from './values/value.js'
