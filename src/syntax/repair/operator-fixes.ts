import type { Diagnostic, Fix, TextEdit } from '../../diagnostics/diagnostic.js'
import { kindAt, kindOf, type Token } from '../tokens.js'

const isOr = (image: string): boolean => /^(?:\|\|?|-?or(?:else)?)$/i.test(image)
const isAnd = (image: string): boolean => /^(?:&&|-?and(?:also)?)$/i.test(image)

/** The first token of the operand that ends with the token at `index`. */
const operandStart = (tokens: readonly Token[], index: number): Token | undefined => {
  if (tokens[index] === undefined || kindOf(tokens[index]) !== 'RightParenthesis') return tokens[index]
  let depth = 0
  for (let i = index; i > 0; i--) {
    const kind = kindAt(tokens, i)
    if (kind === 'RightParenthesis') depth++
    else if (kind === 'LeftParenthesis' && --depth === 0) {
      return kindAt(tokens, i - 1) === 'Name' ? tokens[i - 1] : tokens[i]
    }
  }
  return undefined
}

/** The index of the parenthesis that closes the one at `open`, or -1. */
export const closingIndex = (tokens: readonly Token[], open: number): number => {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    const kind = kindAt(tokens, i)
    if (kind === 'LeftParenthesis') depth++
    else if (kind === 'RightParenthesis' && --depth === 0) return i
  }
  return -1
}

/** The last token of the operand that begins at `index`. */
const lastOfOperand = (tokens: readonly Token[], index: number): Token | undefined => {
  const next = tokens[index + 1]
  if (tokens[index] === undefined || kindOf(tokens[index]) !== 'Name') return tokens[index]
  if (next === undefined || kindOf(next) !== 'LeftParenthesis') return tokens[index]
  return tokens[closingIndex(tokens, index + 1)]
}

/** `a ?? b ?? c` → `Coalesce(a, b, c)`: one fix for the whole chain, at its first operator. */
const coalesceFix = (tokens: readonly Token[], index: number): Fix | undefined => {
  const first = operandStart(tokens, index - 1)
  if (first === undefined || tokens[tokens.indexOf(first) - 1]?.image === '??') return undefined
  const edits = [{ span: { start: first.startOffset, end: first.startOffset }, text: 'Coalesce(' }]
  for (let operator = index; tokens[operator]?.image === '??'; ) {
    const last = lastOfOperand(tokens, operator + 1)
    if (last === undefined) return undefined
    edits.push(operatorEdit(tokens, operator, ', '))
    operator = tokens.indexOf(last) + 1
    if (tokens[operator]?.image !== '??') {
      edits.push({ span: { start: last.endOffset + 1, end: last.endOffset + 1 }, text: ')' })
    }
  }
  return { title: 'Call Coalesce', edits, safe: true }
}

/** The index of the parenthesis that is open at `index`, or -1. */
const enclosing = (tokens: readonly Token[], index: number): number => {
  let depth = 0
  for (let i = index - 1; i >= 0; i--) {
    const kind = kindAt(tokens, i)
    if (kind === 'RightParenthesis') depth++
    else if (kind === 'LeftParenthesis' && depth-- === 0) return i
  }
  return -1
}

/** The indices of the tokens between `open` and `close` that are not in inner parentheses. */
const ownTokens = (tokens: readonly Token[], open: number, close: number): number[] => {
  const own: number[] = []
  let depth = 0
  for (let i = open + 1; i < close; i++) {
    const kind = kindAt(tokens, i)
    if (kind === 'RightParenthesis') depth--
    if (depth === 0) own.push(i)
    if (kind === 'LeftParenthesis') depth++
  }
  return own
}

const startOf = (tokens: readonly Token[], index: number): number => tokens[index]?.startOffset ?? 0
const endOf = (tokens: readonly Token[], index: number): number => (tokens[index]?.endOffset ?? 0) + 1
const imageAt = (tokens: readonly Token[], index: number): string => tokens[index]?.image ?? ''

const insertion = (offset: number, text: string): TextEdit => ({ span: { start: offset, end: offset }, text })

/** Replaces an operator and the blanks around it. */
const operatorEdit = (tokens: readonly Token[], index: number, text: string): TextEdit => ({
  span: { start: endOf(tokens, index - 1), end: startOf(tokens, index + 1) },
  text,
})

/** An argument or the whole expression, as the indices of its first and last token. */
interface Extent {
  readonly first: number
  readonly last: number
  /** The indices of its foreign operators that are not in inner parentheses. */
  readonly operators: readonly number[]
}

/** The argument that the token at `index` belongs to; undefined if one of its sides is empty. */
const argumentAround = (tokens: readonly Token[], index: number): Extent | undefined => {
  const open = enclosing(tokens, index)
  const close = open < 0 ? tokens.length : closingIndex(tokens, open)
  if (close < 0) return undefined
  const own = ownTokens(tokens, open, close)
  const commas = own.filter((i) => kindAt(tokens, i) === 'Comma')
  const first = (commas.findLast((i) => i < index) ?? open) + 1
  const last = (commas.find((i) => i > index) ?? close) - 1
  if (first >= index || last <= index) return undefined
  const operators = own.filter((i) => i > first && i < last && kindAt(tokens, i) === 'InvalidOperator')
  return { first, last, operators }
}

/**
 * `IIF(a OR b, x, y)` → `IIF(a, x, IIF(b, x, y))` and `IIF(a AND b, x, y)` → `IIF(a, IIF(b, x, y), y)`; elsewhere
 * the values are "True" and "False".
 */
const nestFix = (text: string, tokens: readonly Token[], index: number): Fix | undefined => {
  const extent = argumentAround(tokens, index)
  if (extent === undefined) return undefined
  const { first, last, operators } = extent
  // OR binds less tightly than AND, so the condition is split there first; the next run repairs the rest.
  const split =
    operators.find((i) => isOr(imageAt(tokens, i))) ?? operators.find((i) => isAnd(imageAt(tokens, i)))
  if (split !== index) return undefined
  const or = isOr(imageAt(tokens, index))
  const title = 'Nest two IIF calls'
  const isCondition =
    first > 1 && /^IIF$/i.test(imageAt(tokens, first - 2)) && kindAt(tokens, first - 1) === 'LeftParenthesis'
  if (!isCondition) {
    const edits = [
      insertion(startOf(tokens, first), 'IIF('),
      operatorEdit(tokens, index, or ? ', "True", IIF(' : ', IIF('),
      insertion(endOf(tokens, last), or ? ', "True", "False"))' : ', "True", "False"), "False")'),
    ]
    return { title, edits, safe: true }
  }
  const close = closingIndex(tokens, first - 1)
  const [, second] = ownTokens(tokens, first - 1, close).filter((i) => kindAt(tokens, i) === 'Comma')
  if (kindAt(tokens, last + 1) !== 'Comma' || second === undefined) return undefined
  const whenTrue = text.slice(endOf(tokens, last + 1), startOf(tokens, second)).trim()
  const whenFalse = text.slice(endOf(tokens, second), startOf(tokens, close)).trim()
  const edits = or
    ? [operatorEdit(tokens, index, `, ${whenTrue}, IIF(`), insertion(startOf(tokens, close), ')')]
    : [operatorEdit(tokens, index, ', IIF('), insertion(startOf(tokens, close), `), ${whenFalse}`)]
  return { title, edits, safe: true }
}

/** `c ? a : b` → `IIF(c, a, b)` */
const ternaryFix = (tokens: readonly Token[], index: number): Fix | undefined => {
  const extent = argumentAround(tokens, index)
  if (extent === undefined) return undefined
  const { first, last, operators } = extent
  const [question, colon] = operators
  if (operators.length !== 2 || question !== index || colon === undefined || imageAt(tokens, colon) !== ':')
    return undefined
  const edits = [
    insertion(startOf(tokens, first), 'IIF('),
    operatorEdit(tokens, index, ', '),
    operatorEdit(tokens, colon, ', '),
    insertion(endOf(tokens, last), ')'),
  ]
  return { title: 'Call IIF', edits, safe: true }
}

/** Removes the operator and its right operand; used if there is no better fix. */
const removalFix = (tokens: readonly Token[], index: number): Fix | undefined => {
  const last = lastOfOperand(tokens, index + 1)
  if (last === undefined) return undefined
  const span = { start: endOf(tokens, index - 1), end: last.endOffset + 1 }
  return { title: 'Remove it with its right operand', edits: [{ span, text: '' }], safe: false }
}

const fixFor = (text: string, tokens: readonly Token[], index: number, code: string): Fix | undefined => {
  switch (code) {
    case 'AF1022':
      return nestFix(text, tokens, index)
    case 'AF1023':
      return coalesceFix(tokens, index)
    case 'AF1037':
      return ternaryFix(tokens, index)
    case 'AF1028':
    case 'AF1033':
      return removalFix(tokens, index)
    default:
      return undefined
  }
}

/** Adds the fixes of misplaced operators, which need the operands on both sides. */
export const addOperatorFixes = (
  text: string,
  tokens: readonly Token[],
  diagnostics: readonly Diagnostic[],
): Diagnostic[] =>
  diagnostics.map((found) => {
    const index = tokens.findIndex((token) => token.startOffset === found.span.start)
    const fix = index < 1 ? undefined : fixFor(text, tokens, index, found.code)
    return fix === undefined ? found : { ...found, fixes: [fix] }
  })
