import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain'
import { type TokenKind, tokenKinds, tokenRules } from './repair/token-rules.js'

let types: Readonly<Record<TokenKind, TokenType>> | undefined

/** Chevrotain's token types, made on first use. */
export const tokenTypes = (): Readonly<Record<TokenKind, TokenType>> => {
  types ??= Object.fromEntries(
    tokenKinds.map((name) => [
      name,
      // The lexer is our own, so no type has a pattern.
      createToken({ name, label: tokenRules[name].label, pattern: Lexer.NA }),
    ]),
  ) as Record<TokenKind, TokenType>
  return types
}

/** A token as Chevrotain's parser consumes it. `image` is what the parser reads, even in a faulty text. */
export interface Token extends IToken {
  readonly endOffset: number
}

/** Makes a token of the range `start` to `end` (exclusive). */
export const makeToken = (tokenType: TokenType, image: string, start: number, end: number): Token => ({
  image,
  startOffset: start,
  endOffset: end - 1,
  tokenType,
  tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
})

/** The kind of a token. */
export const kindOf = (token: IToken): TokenKind => token.tokenType.name as TokenKind

/** The kind of the token at an index; undefined if there is none. */
export const kindAt = (tokens: readonly IToken[], index: number): TokenKind | undefined => {
  const token = tokens[index]
  return token && kindOf(token)
}

const operandStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'String',
  'Hexadecimal',
  'Decimal',
  'Integer',
  'Attribute',
  'Placeholder',
  'Name',
  'InvalidOperand',
])

/** Whether a value may begin with a token of this kind. */
export const isOperandStart = (kind: TokenKind): boolean => operandStarts.has(kind)

/** Whether a value may begin with this token. */
export const startsOperand = <T extends IToken>(token: T | undefined): token is T =>
  token !== undefined && isOperandStart(kindOf(token))

/** Whether a value may end with this token, so that an operator or separator must follow. */
export const endsOperand = <T extends IToken>(token: T | undefined): token is T =>
  token?.tokenType.name === 'RightParenthesis' || startsOperand(token)
