import type { Diagnostic, Fix } from '../diagnostics/diagnostic.js'
import { kindOf, type Token } from './tokens.js'

const isOr = (image: string): boolean => /^(?:\|\|?|-?or(?:else)?)$/i.test(image)
const isAnd = (image: string): boolean => /^(?:&&|-?and(?:also)?)$/i.test(image)

/** The first token of the operand that ends with the token at `index`. */
const operandStart = (tokens: readonly Token[], index: number): Token | undefined => {
  if (tokens[index] === undefined || kindOf(tokens[index]) !== 'RightParenthesis') return tokens[index]
  let depth = 0
  for (let i = index; i > 0; i--) {
    const kind = kindOf(tokens[i]!)
    if (kind === 'RightParenthesis') depth++
    else if (kind === 'LeftParenthesis' && --depth === 0) {
      return kindOf(tokens[i - 1]!) === 'Name' ? tokens[i - 1] : tokens[i]
    }
  }
  return undefined
}

/** The index of the parenthesis that closes the one at `open`, or -1. */
export const closingIndex = (tokens: readonly Token[], open: number): number => {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    const kind = kindOf(tokens[i]!)
    if (kind === 'LeftParenthesis') depth++
    else if (kind === 'RightParenthesis' && --depth === 0) return i
  }
  return -1
}

/** The last token of the operand that begins at `index`. */
const operandEnd = (tokens: readonly Token[], index: number): Token | undefined => {
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
    const last = operandEnd(tokens, operator + 1)
    if (last === undefined) return undefined
    const left = tokens[operator - 1]!.endOffset + 1
    edits.push({ span: { start: left, end: tokens[operator + 1]!.startOffset }, text: ', ' })
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
    const kind = kindOf(tokens[i]!)
    if (kind === 'RightParenthesis') depth++
    else if (kind === 'LeftParenthesis' && depth-- === 0) return i
  }
  return -1
}

/** The indices of the tokens between `open` and `close` that lie in no inner parentheses. */
const ownTokens = (tokens: readonly Token[], open: number, close: number): number[] => {
  const own: number[] = []
  let depth = 0
  for (let i = open + 1; i < close; i++) {
    const kind = kindOf(tokens[i]!)
    if (kind === 'RightParenthesis') depth--
    if (depth === 0) own.push(i)
    if (kind === 'LeftParenthesis') depth++
  }
  return own
}

/** `IIF(a OR b, x, y)` → `IIF(a, x, IIF(b, x, y))` and `IIF(a AND b, x, y)` → `IIF(a, IIF(b, x, y), y)` */
const nestFix = (text: string, tokens: readonly Token[], index: number): Fix | undefined => {
  const open = enclosing(tokens, index)
  const close = open < 0 ? -1 : closingIndex(tokens, open)
  if (open < 1 || close < 0 || !/^IIF$/i.test(tokens[open - 1]!.image)) return undefined
  const own = ownTokens(tokens, open, close)
  const commas = own.filter((i) => kindOf(tokens[i]!) === 'Comma')
  const [first, second] = commas
  if (first === undefined || second === undefined || commas.length !== 2 || index > first) return undefined
  const operators = own.filter((i) => i < first && kindOf(tokens[i]!) === 'InvalidOperator')
  // OR binds less than AND, so the condition is split there first; the next run repairs the rest.
  const split =
    operators.find((i) => isOr(tokens[i]!.image)) ?? operators.find((i) => isAnd(tokens[i]!.image))
  if (split !== index || tokens[index + 1] === undefined) return undefined
  const after = (i: number): number => tokens[i]!.endOffset + 1
  const whenTrue = text.slice(after(first), tokens[second]!.startOffset).trim()
  const whenFalse = text.slice(after(second), tokens[close]!.startOffset).trim()
  const operator = { start: after(index - 1), end: tokens[index + 1]!.startOffset }
  const end = { start: tokens[close]!.startOffset, end: tokens[close]!.startOffset }
  const edits = isOr(tokens[index]!.image)
    ? [
        { span: operator, text: `, ${whenTrue}, IIF(` },
        { span: end, text: ')' },
      ]
    : [
        { span: operator, text: ', IIF(' },
        { span: end, text: `), ${whenFalse}` },
      ]
  return { title: 'Nest two IIF calls', edits, safe: true }
}

/** Adds the fixes of foreign operators, which need the operands on both sides. */
export const addOperatorFixes = (
  text: string,
  tokens: readonly Token[],
  diagnostics: readonly Diagnostic[],
): Diagnostic[] =>
  diagnostics.map((found) => {
    if (found.code !== 'AF1022' && found.code !== 'AF1023') return found
    const index = tokens.findIndex((token) => token.startOffset === found.span.start)
    if (index < 1) return found
    const fix = found.code === 'AF1023' ? coalesceFix(tokens, index) : nestFix(text, tokens, index)
    return fix === undefined ? found : { ...found, fixes: [fix] }
  })
