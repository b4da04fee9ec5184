import type { DecimalLiteral, IntegerLiteral } from '../syntax/ast.js'
import type { Span } from '../text/span.js'

/** The number that a text denotes without quotes in an expression; undefined if none. */
export const numberLiteral = (text: string, span: Span): IntegerLiteral | DecimalLiteral | undefined => {
  if (/^-?\d+$/.test(text)) return { type: 'IntegerLiteral', span, value: BigInt(text), text }
  if (/^&H[0-9a-f]+$/i.test(text))
    return { type: 'IntegerLiteral', span, value: BigInt(`0x${text.slice(2)}`), text }
  return /^-?\d+\.\d+$/.test(text) ? { type: 'DecimalLiteral', span, text } : undefined
}
