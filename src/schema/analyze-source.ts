import type { CheckEnvironment } from '../check/environment.js'
import { type AnalyzedExpression, analyzeParsed } from '../expression/compile.js'
import { type ParseResult, parseExpression } from '../syntax/parser.js'
import { expressionTextOf } from './expression-tree.js'
import type { SourceInput } from './from-source.js'
import { parsedText } from './parsed-text.js'

interface Analysis {
  readonly text: string
  readonly environment: CheckEnvironment
  readonly analyzed: AnalyzedExpression
}

/**
 * Compile, check and lint look at the same sources in turn; their shared results are kept as long as the
 * source.
 */
const analyses = new WeakMap<SourceInput, Analysis>()

/**
 * Parses and checks the expression of a source, once for each environment.
 * @param text the text to use instead of the source's own
 */
export const analyzeSource = (
  source: SourceInput,
  environment: CheckEnvironment,
  text: string = expressionTextOf(source, environment.library),
): AnalyzedExpression => {
  const known = analyses.get(source)
  if (known?.text === text && isSameEnvironment(known.environment, environment)) return known.analyzed
  const parsed: ParseResult = text === source.expression ? parsedText(source) : parseExpression(text)
  const analyzed = analyzeParsed(parsed, environment)
  analyses.set(source, { text, environment, analyzed })
  return analyzed
}

const isSameEnvironment = (a: CheckEnvironment, b: CheckEnvironment): boolean =>
  a.library === b.library &&
  a.dialect === b.dialect &&
  a.attributes === b.attributes &&
  (a.settings === b.settings || JSON.stringify(a.settings) === JSON.stringify(b.settings))
