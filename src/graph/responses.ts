import type { AttributeScope } from '../check/attribute-scope.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { type CompileOptions, compileExpression } from '../expression/compile.js'
import { type FunctionSchema, functionSchemas } from '../functions/graph-schema.js'
import type { FunctionLibrary } from '../functions/library.js'
import { standardLibrary } from '../functions/standard.js'
import { valueForTarget } from '../mapping/flow.js'
import { ObjectAttributes } from '../schema/attributes.js'
import type { AttributeDefinition, AttributeMappingSource, ObjectDefinition } from '../schema/model.js'
import { readObjectDefinition } from '../schema/read.js'
import { toSource } from '../schema/to-source.js'
import type { ContextInput } from '../values/context.js'
import { requireMade } from '../values/misuse.js'
import { type Outcome, outcomeOf } from '../values/outcome.js'
import type { SourceRecord } from '../values/record.js'
import { textForm } from '../values/text.js'
import { type FilterOperatorSchema, filterOperatorSchemas } from './filter-operators.js'

/** Graph's `functions` answer. */
export interface FunctionsResponse {
  readonly value: readonly FunctionSchema[]
}

/** Answers Graph's `functions`: the callable functions, with the keys of their parameters. */
export const functionsResponse = (library: FunctionLibrary = standardLibrary): FunctionsResponse => ({
  value: functionSchemas(library),
})

/** Graph's `filterOperators` answer. */
export interface FilterOperatorsResponse {
  readonly value: readonly FilterOperatorSchema[]
}

/** Answers Graph's `filterOperators`. */
export const filterOperatorsResponse = (): FilterOperatorsResponse => ({ value: filterOperatorSchemas() })

/** One value of a test object; collections are lists, or single values annotated as `#Collection(String)`. */
export interface TestProperty {
  readonly key: string
  readonly value?: unknown
  readonly 'value@odata.type'?: string
}

/** Graph's `expressionInputObject`. */
export interface ExpressionInputObject {
  /** The attributes that the object may have; null accepts every name. */
  readonly definition?: Partial<ObjectDefinition> | null
  readonly properties?: readonly TestProperty[] | null
}

/** The arguments of Graph's `parseExpression`. */
export interface ParseExpressionRequest {
  readonly expression: string
  /** The object for which the expression is evaluated; if omitted, it is only parsed. */
  readonly testInputObject?: ExpressionInputObject | null
  /** With a single-valued target, several values are an evaluation error. */
  readonly targetAttributeDefinition?: Partial<AttributeDefinition> | null
}

/** Graph's `publicErrorDetail`. */
export interface PublicErrorDetail {
  /** A code of the catalogue, such as `AF2001`: the service's own codes are not published. */
  readonly code: string
  readonly message: string
  /** The affected part of the expression. */
  readonly target: string
}

/** Graph's `publicError`. */
export interface PublicError extends PublicErrorDetail {
  readonly details: readonly PublicErrorDetail[]
  readonly innerError: null
}

/** Graph's `parseExpressionResponse`. */
export interface ParseExpressionResponse {
  /** Why the expression could not be parsed or evaluated. */
  readonly error: PublicError | null
  readonly evaluationSucceeded: boolean
  /** The text of each value: none for null, one for a single value. Redacted values are not hidden. */
  readonly evaluationResult: readonly string[]
  /** True if the expression has a form in Graph's tree. */
  readonly parsingSucceeded: boolean
  readonly parsedExpression: AttributeMappingSource | null
}

/** The options for evaluating an expression. */
export interface ParseExpressionOptions extends Omit<CompileOptions, 'attributes'> {
  readonly context?: ContextInput
}

/**
 * Answers Graph's `parseExpression`: the tree of an expression, and its value for a test object. Never throws for
 * a fault of the expression or the data.
 * @example
 * parseExpressionResponse({ expression: 'ToUpper("a")', testInputObject: {} }).evaluationResult // ['A']
 */
export const parseExpressionResponse = (
  request: ParseExpressionRequest,
  { context, ...options }: ParseExpressionOptions = {},
): ParseExpressionResponse => {
  requireMade(request, 'expression', 'the body of a request, { expression }')
  const library = options.library ?? standardLibrary
  const input = request.testInputObject ?? undefined
  const { record, attributes } = readTestInput(input ?? {})
  const compiled = compileExpression(request.expression, {
    ...options,
    ...(attributes === undefined ? {} : { attributes }),
  })
  const fail = (
    diagnostics: readonly Diagnostic[],
    parsedExpression: AttributeMappingSource | null,
  ): ParseExpressionResponse => ({
    error: publicError(diagnostics, request.expression),
    evaluationSucceeded: false,
    evaluationResult: [],
    parsingSucceeded: parsedExpression !== null,
    parsedExpression,
  })

  const built = toSource(compiled.expression, library)
  const errors = compiled.diagnostics.filter(({ severity }) => severity === 'error')
  if (built.source === null || errors.some(({ code }) => code.startsWith('AF1') || code === 'AF3007'))
    return fail(errors.length > 0 ? errors : built.diagnostics, null)
  if (input === undefined)
    return {
      error: errors.length > 0 ? publicError(errors, request.expression) : null,
      evaluationSucceeded: false,
      evaluationResult: [],
      parsingSucceeded: true,
      parsedExpression: built.source,
    }

  const outcome = compiled.evaluate(record, context)
  const adapted = outcomeForTarget(outcome, request.targetAttributeDefinition)
  if (adapted.kind === 'error') return fail(adapted.diagnostics, built.source)
  const text = textForm(adapted.kind === 'value' ? adapted.value : null)
  return {
    error: null,
    evaluationSucceeded: true,
    evaluationResult: text === null ? [] : typeof text === 'string' ? [text] : text,
    parsingSucceeded: true,
    parsedExpression: built.source,
  }
}

/** The object of a test input, and the attributes that it may have; undefined if every name is accepted. */
export const readTestInput = (
  input: ExpressionInputObject,
): { readonly record: SourceRecord; readonly attributes: AttributeScope | undefined } => {
  const definition = input.definition ? readObjectDefinition(input.definition) : undefined
  return {
    record: recordOf(input),
    attributes: definition && new ObjectAttributes('the test input', definition.name, definition.attributes),
  }
}

/** Adapts an outcome to a target attribute: several values for a single-valued one are an error. */
export const outcomeForTarget = (
  outcome: Outcome,
  target: ParseExpressionRequest['targetAttributeDefinition'],
): Outcome => {
  if (outcome.kind !== 'value' || target === null || target === undefined) return outcome
  return outcomeOf(
    valueForTarget(outcome.value, { target: target.name ?? '', multivalued: target.multivalued === true }),
  )
}

const recordOf = ({ properties }: ExpressionInputObject): Readonly<Record<string, unknown>> => {
  const record: Record<string, unknown> = Object.create(null)
  for (const property of properties ?? []) {
    const { key, value = null } = property
    const isCollection = property['value@odata.type']?.startsWith('#Collection') === true
    record[key] = isCollection && value !== null && !Array.isArray(value) ? [value] : value
  }
  return record
}

const publicError = (diagnostics: readonly Diagnostic[], expression: string): PublicError => {
  const details = diagnostics.map(
    ({ code, message, span }): PublicErrorDetail => ({
      code,
      message,
      target: expression.slice(span.start, span.end),
    }),
  )
  const { code = '', message = '', target = '' } = details[0] ?? {}
  return { code, message, target, details, innerError: null }
}
