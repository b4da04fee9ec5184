import type { Span } from '../text/span.js'
import { isWhiteSpace, matchToken, type TokenMatch } from './lexer.js'
import type { InvalidTokenKind, TokenKind } from './repair/token-rules.js'

/** A token as tools see it. */
export interface SyntaxToken {
  /** `Invalid` for a run of characters that do not begin a token. */
  readonly kind: Exclude<TokenKind, InvalidTokenKind> | 'Invalid'
  readonly span: Span
  readonly text: string
}

/** The tokens of any text, without white space, as an editor colours them. */
export const tokenize = (text: string): SyntaxToken[] => {
  const tokens: SyntaxToken[] = []
  const match: TokenMatch = { kind: 'Name', end: 0 }
  let invalid = -1
  const closeInvalid = (end: number): void => {
    if (invalid < 0) return
    tokens.push({ kind: 'Invalid', span: { start: invalid, end }, text: text.slice(invalid, end) })
    invalid = -1
  }
  let position = 0
  while (position < text.length) {
    if (isWhiteSpace(text.charCodeAt(position))) {
      closeInvalid(position)
      position++
    } else if (matchToken(text, position, match)) {
      closeInvalid(position)
      const kind = match.kind as SyntaxToken['kind']
      tokens.push({ kind, span: { start: position, end: match.end }, text: text.slice(position, match.end) })
      position = match.end
    } else {
      if (invalid < 0) invalid = position
      position++
    }
  }
  closeInvalid(text.length)
  return tokens
}
