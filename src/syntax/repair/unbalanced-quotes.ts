import { stringEnd } from '../lexer.js'

/**
 * Whether a double quote opens a string that does not end. Then every repair is a guess, and none is safe.
 */
export const hasUnbalancedQuotes = (text: string): boolean => {
  for (let at = text.indexOf('"'); at >= 0; ) {
    const end = stringEnd(text, at)
    if (end < 0) return true
    at = text.indexOf('"', end)
  }
  return false
}
