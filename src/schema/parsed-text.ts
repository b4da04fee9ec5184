import { type ParseResult, parseExpression } from '../syntax/parser.js'

/** Whatever has the text of an expression. */
interface WithExpression {
  readonly expression?: string | null
}

const parsed = new WeakMap<WithExpression, ParseResult>()

/** The text of a source, parsed once as long as it stays the same. */
export const parsedText = (source: WithExpression): ParseResult => {
  const text = source.expression ?? ''
  const known = parsed.get(source)
  if (known?.source.text === text) return known
  const result = parseExpression(text)
  parsed.set(source, result)
  return result
}
