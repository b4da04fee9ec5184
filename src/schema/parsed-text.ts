import { type ParseResult, parseExpression } from '../syntax/parser.js'

/** Anything with the text of an expression. */
interface WithExpression {
  readonly expression?: string | null
}

const parsed = new WeakMap<WithExpression, ParseResult>()

/** The parsed text of a source; parsed again only if the text changes. */
export const parsedText = (source: WithExpression): ParseResult => {
  const text = source.expression ?? ''
  const known = parsed.get(source)
  if (known?.source.text === text) return known
  const result = parseExpression(text)
  parsed.set(source, result)
  return result
}
