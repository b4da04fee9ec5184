import { nameCharacter, nameStart, type TokenKind } from './repair/token-rules.js'
import { kindOf, makeToken, type Token, tokenTypes } from './tokens.js'

/** The result of {@link matchToken}; reused, because the lexer runs for every expression. */
export interface TokenMatch {
  kind: TokenKind
  end: number
}

const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93

/** Whether a character code is white space in the language. */
export const isWhiteSpace = (code: number): boolean =>
  code === 32 || code === 9 || code === 10 || code === 13 || code === 0xa0 || code === 0xfeff

/** The offset after the string that starts at `start`, or -1 if its closing quote is missing. */
export const stringEnd = (text: string, start: number): number => {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) return i + 1
    if (code === BACKSLASH) {
      const next = text.charCodeAt(i + 1)
      if (next === QUOTE || next === BACKSLASH) i++
    }
  }
  return -1
}

/**
 * The offset after the bracket that matches the one at `start`, or -1 if there is none. Brackets nest, and
 * those between quotes do not count: `[emails[type eq "work"].value]`.
 */
export const attributeEnd = (text: string, start: number): number => {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === OPEN_BRACKET) depth++
    else if (code === CLOSE_BRACKET) {
      if (--depth === 0) return i + 1
    } else if (code === QUOTE) {
      const closing = text.indexOf('"', i + 1)
      if (closing < 0) return -1
      i = closing
    }
  }
  return -1
}

/** The name of an attribute between its brackets, trimmed. */
export const attributeName = (image: string): string =>
  image.slice(1, -1).replace(/^[ \t\u00a0\ufeff]+|[ \t\u00a0\ufeff]+$/g, '')

const isAttribute = (image: string): boolean => !/[\\\r\n]/.test(image) && attributeName(image) !== ''

/** The token kinds recognised by a regular expression, by their first character. */
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['Name', new RegExp(`[${nameStart}][${nameCharacter}]*`, 'y')],
  ['Decimal', /-?[0-9]+\.[0-9]+/y],
  ['Integer', /-?[0-9]+/y],
  ['Hexadecimal', new RegExp(`&H[0-9A-Fa-f]+(?![${nameCharacter}])`, 'y')],
  ['Ampersand', /&/y],
  ['Placeholder', new RegExp(`%[${nameStart}][${nameCharacter}.-]*%`, 'y')],
  ['ComparisonOperator', /<>|<=|>=|[=<>]/y],
]

const punctuation: Readonly<Record<number, TokenKind>> = {
  40: 'LeftParenthesis',
  41: 'RightParenthesis',
  44: 'Comma',
}

/** Matches the token at `start`; false if there is none. */
export const matchToken = (text: string, start: number, match: TokenMatch): boolean => {
  const code = text.charCodeAt(start)
  const single = punctuation[code]
  if (single !== undefined) {
    match.kind = single
    match.end = start + 1
    return true
  }
  if (code === QUOTE) {
    match.kind = 'String'
    match.end = stringEnd(text, start)
    return match.end >= 0
  }
  if (code === OPEN_BRACKET) {
    match.kind = 'Attribute'
    match.end = attributeEnd(text, start)
    return match.end >= 0 && isAttribute(text.slice(start, match.end))
  }
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    if (pattern.test(text)) {
      match.kind = kind
      match.end = pattern.lastIndex
      return true
    }
  }
  return false
}

/** The tokens of a text without lexical faults; undefined if it has one. */
export const lex = (text: string): Token[] | undefined => {
  const types = tokenTypes()
  const match: TokenMatch = { kind: 'Name', end: 0 }
  const tokens: Token[] = []
  let position = 0
  while (position < text.length) {
    if (isWhiteSpace(text.charCodeAt(position))) {
      position++
      continue
    }
    if (!matchToken(text, position, match)) return undefined
    tokens.push(makeToken(types[match.kind], text.slice(position, match.end), position, match.end))
    position = match.end
  }
  return tokens
}

/** How much nesting an `&` of a chain counts: unlike a nested call, parsing it costs no stack. */
const CHAIN_LEVEL = 0.5

/**
 * How deep the tree of these tokens is: calls nest, and each `&` of a chain lies above the next. Returns the
 * index of the first token that lies deeper than `limit`, or -1.
 */
export const tooDeepAt = (tokens: readonly Token[], limit: number): number => {
  // Every level needs at least one token.
  if (tokens.length <= limit) return -1
  const chains: number[] = [0]
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    const kind = kindOf(token)
    if (kind === 'LeftParenthesis') {
      depth++
      chains.push(0)
    } else if (kind === 'RightParenthesis') {
      if (chains.length === 1) continue
      depth -= (chains.pop() ?? 0) + 1
    } else if (kind === 'Comma') {
      depth -= chains.at(-1) ?? 0
      chains[chains.length - 1] = 0
    } else if (kind === 'Ampersand') {
      depth += CHAIN_LEVEL
      chains.push((chains.pop() ?? 0) + CHAIN_LEVEL)
    }
    if (depth > limit) return index
  }
  return -1
}
