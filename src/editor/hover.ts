import { connectSyncFunctions, connectSyncNames } from '../check/connect-sync.js'
import { attributeName } from '../syntax/lexer.js'
import type { Span } from '../text/span.js'
import { type EditorContext, requireContext } from './context.js'
import { calleeOf, expectationsAt } from './expectation.js'
import { hoverLiteral } from './hover-literal.js'
import { attributeDoc, attributeType, blocks, code, functionPage, parameterDoc } from './markdown.js'
import { positionAt, tokenAt } from './position.js'
import { type OpenToken, scan } from './scan.js'
import { comparisonNull, constantMeanings, operatorMeanings } from './words.js'

/** The explanation of the token under the mouse. */
export interface Hover {
  readonly span: Span
  /** In Markdown. */
  readonly contents: string
}

const constants = new Map(constantMeanings)
const operators = new Map(operatorMeanings)

/**
 * Explains the token at an offset; undefined if there is nothing to explain. Never throws for a text.
 * @throws {TypeError} for an invalid context
 * @example
 * hoverExpression('ToLower([a])', 2, { environment: environmentOf() })?.span // { start: 0, end: 7 }
 */
export const hoverExpression = (text: string, offset: number, context: EditorContext): Hover | undefined => {
  requireContext(context)
  const token = tokenAt(text, offset)
  if (token === undefined) return undefined
  const contents = contentsOf(text, token, context)
  return contents === undefined || contents === '' ? undefined : { span: token.span, contents }
}

const contentsOf = (text: string, token: OpenToken, context: EditorContext): string | undefined => {
  const { settings } = context.environment
  switch (token.kind) {
    case 'Name':
      return name(text, token, context)
    case 'Attribute':
      return token.closed ? attribute(attributeName(token.text), context) : undefined
    case 'Placeholder': {
      const key = token.closed ? token.text.slice(1, -1) : token.text.slice(1)
      const value = Object.hasOwn(settings.placeholders, key) ? settings.placeholders[key] : undefined
      return `Constant of the job: ${value === undefined ? 'the settings give it no value.' : code(value)}`
    }
    case 'Ampersand':
      return operators.get('&')
    case 'ComparisonOperator':
      return blocks(operators.get(token.text), comparisonNull[settings.nullComparison])
    case 'String':
    case 'Integer':
    case 'Decimal':
    case 'Hexadecimal':
      return hoverLiteral(text, token, context)
    default:
      return undefined
  }
}

const name = (text: string, token: OpenToken, context: EditorContext): string | undefined => {
  const isCall = scan(text).some(
    ({ kind }, index, tokens) =>
      kind === 'LeftParenthesis' && tokens[index - 1]?.span.start === token.span.start,
  )
  if (isCall) {
    const definition = calleeOf({ name: token.text }, context.environment)
    return definition === undefined ? connectSyncFunctions.get(token.text)?.hint : functionPage(definition)
  }
  const meaning = constants.get(token.text)
  if (meaning !== undefined) return `${code(token.text)}: ${meaning}`
  const { call } = positionAt(text, token.span.end)
  const taking = call && expectationsAt(call, context.environment)
  const parameter = taking?.find((one) => one.parameter.values?.includes(token.text))?.parameter
  return parameter === undefined ? connectSyncNames.get(token.text)?.hint : parameterDoc(parameter)
}

const attribute = (key: string, { environment, attributes }: EditorContext): string | undefined => {
  if (attributes !== undefined) {
    const known = attributeDoc(attributes, key)
    if (known !== undefined) return known
  }
  const scope = attributes ?? environment.attributes
  if (scope === undefined) return undefined
  const info = scope.lookup(key)
  if (info !== undefined)
    return `${code(`[${key}]`)}: ${attributeType(info)}; an attribute of ${scope.description}.`
  const near = scope.suggest(key)
  const hint = near === undefined ? '' : ` Did you mean ${code(`[${near}]`)}?`
  return `${scope.description} has no attribute ${code(`[${key}]`)}.${hint}`
}
