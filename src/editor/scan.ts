import { isWhiteSpace, matchToken, type TokenMatch } from '../syntax/lexer.js'
import { nameCharacter } from '../syntax/repair/token-rules.js'
import type { SyntaxToken } from '../syntax/tokenize.js'

/** A token of an incomplete text. */
export interface OpenToken extends SyntaxToken {
  /** False for a string, attribute or placeholder without its closing sign. */
  readonly closed: boolean
}

/** Longer texts get no help: the service does not accept them, and every key stroke reads the whole text. */
export const LONGEST = 20_000

/** The kind and extent of an unfinished token, by its opening sign. */
const unfinished: Readonly<Record<string, readonly [OpenToken['kind'], RegExp]>> = {
  '"': ['String', /"[\s\S]*/y],
  // The next separator ends it, so that an attribute can be written before other arguments.
  '[': ['Attribute', /\[[^,)\r\n]*/y],
  '%': ['Placeholder', new RegExp(`%[${nameCharacter}.-]*`, 'y')],
}

/** The tokens of a possibly incomplete text, without white space. */
export const scan = (text: string): readonly OpenToken[] => {
  const tokens: OpenToken[] = []
  if (text.length > LONGEST) return tokens
  const match: TokenMatch = { kind: 'Name', end: 0 }
  const add = (kind: OpenToken['kind'], start: number, end: number, closed: boolean): number => {
    tokens.push({ kind, span: { start, end }, text: text.slice(start, end), closed })
    return end
  }
  let position = 0
  while (position < text.length) {
    const open = unfinished[text.charAt(position)]
    if (isWhiteSpace(text.charCodeAt(position))) position++
    else if (matchToken(text, position, match))
      position = add(match.kind as OpenToken['kind'], position, match.end, true)
    else if (open !== undefined) {
      const [kind, pattern] = open
      pattern.lastIndex = position
      pattern.test(text)
      position = add(kind, position, pattern.lastIndex, false)
    } else position = add('Invalid', position, position + 1, true)
  }
  return tokens
}
