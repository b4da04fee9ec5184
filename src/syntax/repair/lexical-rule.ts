import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import type { Token } from '../tokens.js'
import type { TokenKind } from './token-rules.js'

/** A scan in progress, as the rules for lexical faults see it. */
export interface Scanner {
  readonly text: string
  /** Whether the text has escaped brackets, as in the source of a Markdown page. */
  readonly markdown: boolean
  readonly tokens: readonly Token[]
  /** Adds a token for a range of the text; the parser reads `image` there. */
  push(kind: TokenKind, image: string, start: number, end: number): void
  /** Replaces the last token, from its start to `end`. */
  replaceLast(kind: TokenKind, image: string, end: number): void
  report(found: Diagnostic): void
  /** Extends the last token to `end`. */
  extendLast(end: number): void
  /** Adds the fault of a character that is not allowed in an expression, with its removal as fix. */
  reportCharacter(start: number, end: number): void
}

/**
 * Recognises one kind of lexical fault at an offset: reports it, adds the tokens it stands for and returns
 * the offset to continue at, or -1. A rule is only tried where a token may begin, in a text that is known to
 * be faulty, and must not match what is valid.
 */
export type LexicalRule = (scanner: Scanner, start: number) => number

/** The match of a sticky pattern at an offset; undefined if there is none. */
export const matchAt = (pattern: RegExp, text: string, start: number): string | undefined => {
  pattern.lastIndex = start
  return pattern.exec(text)?.[0]
}

/** The token kinds of single characters, for the characters that replace them. */
export const singleCharacterKinds: Readonly<Record<string, TokenKind>> = {
  '&': 'Ampersand',
  '<': 'ComparisonOperator',
  '>': 'ComparisonOperator',
  '=': 'ComparisonOperator',
  '(': 'LeftParenthesis',
  ')': 'RightParenthesis',
  ',': 'Comma',
}
