import { attributeEnd, isWhiteSpace, matchToken, stringEnd } from './lexer.js'
import { matchAt } from './repair/lexical-rule.js'
import type { TokenKind } from './repair/token-rules.js'
import { isOperandStart, kindAt, kindOf, type Token } from './tokens.js'

const afterBlanks = (text: string, start: number): number => {
  let i = start
  while (isWhiteSpace(text.charCodeAt(i))) i++
  return i
}

/** The contents of a pair of parentheses. */
export interface Group {
  /** The texts between its commas; none if there are only blanks. */
  readonly parts: readonly string[]
  /** The offset after the closing parenthesis. */
  readonly end: number
}

/** Reads a pair of parentheses and its contents; undefined if it is not closed. */
const groupAt = (text: string, open: number): Group | undefined => {
  const parts: string[] = []
  let depth = 0
  let from = open + 1
  for (let i = open; i < text.length; i++) {
    const sign = text[i]
    if (sign === '"') i = stringEnd(text, i) - 1
    else if (sign === '[') i = attributeEnd(text, i) - 1
    else if (sign === '(') depth++
    else if (sign === ',' && depth === 1) {
      parts.push(text.slice(from, i).trim())
      from = i + 1
    } else if (sign === ')' && --depth === 0) {
      const last = text.slice(from, i).trim()
      return { parts: parts.length === 0 && last === '' ? [] : [...parts, last], end: i + 1 }
    }
    // A string or an attribute is not closed.
    if (i < open) return undefined
  }
  return undefined
}

const anyBlanks = /\s*/y

/** The parentheses that follow, after any blanks; undefined if there are none, or they are not closed. */
export const groupAfter = (text: string, start: number): Group | undefined => {
  const open = start + (matchAt(anyBlanks, text, start) ?? '').length
  return text[open] === '(' ? groupAt(text, open) : undefined
}

/** The end of the call, attribute or constant that begins at `start`, or -1 if there is none. */
export const operandEnd = (text: string, start: number): number => {
  const match = { kind: 'Name' as TokenKind, end: 0 }
  if (!matchToken(text, afterBlanks(text, start), match)) return -1
  if (match.kind !== 'Name') return isOperandStart(match.kind) ? match.end : -1
  const open = afterBlanks(text, match.end)
  return text[open] === '(' ? (groupAt(text, open)?.end ?? -1) : match.end
}

/** Where the value that ends with the last token begins. */
export const startOfOperand = (tokens: readonly Token[]): number => {
  let index = tokens.length - 1
  if (kindAt(tokens, index) !== 'RightParenthesis') return tokens[index]?.startOffset ?? 0
  let depth = 0
  for (; index > 0; index--) {
    const kind = kindAt(tokens, index)
    if (kind === 'RightParenthesis') depth++
    else if (kind === 'LeftParenthesis' && --depth === 0) break
  }
  const name = tokens[index - 1]
  return name !== undefined && kindOf(name) === 'Name' ? name.startOffset : (tokens[index]?.startOffset ?? 0)
}
