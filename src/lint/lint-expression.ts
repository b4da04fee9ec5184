import { type CheckEnvironment, requireEnvironment } from '../check/environment.js'
import type { DiagnosticCode } from '../diagnostics/catalogue.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import { type Diagnostic, type DiagnosticExtras, hasErrors } from '../diagnostics/diagnostic.js'
import type { AnalyzedExpression } from '../expression/compile.js'
import { bySpan, type Span } from '../text/span.js'
import { requireMade } from '../values/misuse.js'
import { type AnalysisOptions, analyzeDomains } from './analysis.js'
import type { ExpressionContext, Rule } from './define.js'
import { rules } from './rules/index.js'

/** A diagnostic of a rule; the rule's declaration has checked its arguments. */
export const finding = (
  code: DiagnosticCode,
  span: Span,
  args: Readonly<Record<string, string | number>>,
  extras: DiagnosticExtras = {},
): Diagnostic => diagnostic(code, span, args as never, extras)

/** The rules of a scope. */
export const rulesOf = <Scope extends Rule['scope']>(
  scope: Scope,
): readonly Extract<Rule, { scope: Scope }>[] =>
  rules.filter((rule): rule is Extract<Rule, { scope: Scope }> => rule.scope === scope)

/** The input of the rules about an expression; undefined if it has errors, which come first. */
export const expressionContext = (
  analyzed: AnalyzedExpression,
  environment: CheckEnvironment,
  isMapped: boolean,
  options: AnalysisOptions = {},
): ExpressionContext | undefined =>
  hasErrors(analyzed.diagnostics)
    ? undefined
    : { analyzed, environment, isMapped, analysis: analyzeDomains(analyzed, environment, options) }

/** The findings of the rules about expressions, in the order of the text. */
export const lintContext = (context: ExpressionContext): readonly Diagnostic[] => {
  const found: Diagnostic[] = []
  for (const { code, run } of rulesOf('expression'))
    run(context, (span, args, extras) => found.push(finding(code, span, args, extras)))
  return found.sort(bySpan)
}

/**
 * Finds what is legal in an expression but probably unintended. Returns nothing for an expression with
 * errors: they come first, and the rules would only guess about the rest.
 * @example
 * const environment = environmentOf()
 * const analyzed = analyzeExpression('Join([givenName], " ", [surname])', environment)
 * lintExpression(analyzed, environment).map(({ code }) => code) // ['AF9200']
 */
export const lintExpression = (
  analyzed: AnalyzedExpression,
  environment: CheckEnvironment,
): readonly Diagnostic[] => {
  requireMade(analyzed, 'diagnostics', 'an analyzed expression, such as analyzeExpression(text)')
  requireEnvironment(environment)
  const context = expressionContext(analyzed, environment, false)
  return context === undefined ? [] : lintContext(context)
}
