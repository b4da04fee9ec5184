import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js'
import { SourceText } from '../text/source-text.js'
import { requireText } from '../values/misuse.js'
import type { Expression } from './ast.js'
import { parseTokens } from './grammar.js'
import { lex } from './lexer.js'
import { diagnose, invalidExpression } from './repair/diagnose.js'

/** The result of {@link parseExpression}. */
export interface ParseResult {
  /**
   * The tree. For a faulty text it contains the parts that were understood, and `InvalidExpression` nodes for
   * the rest.
   */
  readonly expression: Expression
  /** Empty if the text is an expression; otherwise sorted by position. */
  readonly diagnostics: readonly Diagnostic[]
  readonly source: SourceText
}

/** The longest expression, in UTF-16 code units, that the service accepts. */
export const MAX_LENGTH = 10_000

/** Longer texts are not parsed at all. */
const MAX_READ = 50_000

/**
 * Parses an expression.
 *
 * Never throws: faults are diagnostics (AF1xxx; AF3007 above `MAX_LENGTH` characters, AF3011 above 200
 * levels), and one run reports every distinct fault, each with a fix where one exists.
 * @example
 * parseExpression('ToUpper([city])').diagnostics.length // 0
 * parseExpression('ToUpper([city]').diagnostics[0]?.code // 'AF1007'
 */
export const parseExpression = (text: string): ParseResult => {
  requireText(text, 'an expression')
  const source = new SourceText(text)
  const tooLong =
    text.length > MAX_LENGTH
      ? [diagnostic('AF3007', { start: MAX_LENGTH, end: text.length }, { length: text.length })]
      : []
  if (text.length > MAX_READ) return { expression: invalidExpression(text), diagnostics: tooLong, source }
  const tokens = lex(text)
  const parsed = tokens && parseTokens(tokens)
  if (parsed?.expression !== undefined) {
    return { expression: parsed.expression, diagnostics: tooLong, source }
  }
  const { expression, diagnostics } = diagnose(text)
  return { expression, diagnostics: [...diagnostics, ...tooLong], source }
}
