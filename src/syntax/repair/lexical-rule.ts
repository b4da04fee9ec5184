import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import type { Token } from '../tokens.js'
import type { TokenKind } from './token-rules.js'

/** A scan in progress, as the rules for lexical faults see it. */
export interface Scanner {
  readonly text: string
  /** Whether the text has escaped brackets, as in the source of a Markdown page. */
  readonly markdown: boolean
  readonly tokens: readonly Token[]
  /** Adds a token for a range of the text; `image` is what the parser shall read there. */
  push(kind: TokenKind, image: string, start: number, end: number): void
  /** Puts a token in place of the last one, from the start of that one to `end`. */
  replaceLast(kind: TokenKind, image: string, end: number): void
  report(found: Diagnostic): void
  /** Lets the last token reach as far as `end`: what follows it there counts as a part of it. */
  extendLast(end: number): void
  /** Adds the fault of a character that has no place in an expression, with the removal of it as fix. */
  reportCharacter(start: number, end: number): void
}

/**
 * Recognises one kind of lexical fault at an offset: reports it, adds the tokens it stands for and gives the
 * offset to go on at, or -1. A rule is only asked where a token may begin, in a text that is known to be
 * faulty, and must not match what is valid.
 */
export type LexicalRule = (scanner: Scanner, start: number) => number

/** The match of a sticky pattern at an offset. */
export const matchAt = (pattern: RegExp, text: string, start: number): string | undefined => {
  pattern.lastIndex = start
  return pattern.exec(text)?.[0]
}

/** The tokens of one character, for characters that stand in for them. */
export const singleCharacterKinds: Readonly<Record<string, TokenKind>> = {
  '&': 'Ampersand',
  '<': 'ComparisonOperator',
  '>': 'ComparisonOperator',
  '=': 'ComparisonOperator',
  '(': 'LeftParenthesis',
  ')': 'RightParenthesis',
  ',': 'Comma',
}
