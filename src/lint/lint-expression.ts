import type { CheckEnvironment } from '../check/environment.js'
import type { DiagnosticCode } from '../diagnostics/catalogue.js'
import { diagnostic } from '../diagnostics/catalogue-diagnostic.js'
import { type Diagnostic, type DiagnosticExtras, hasErrors } from '../diagnostics/diagnostic.js'
import type { AnalyzedExpression } from '../expression/compile.js'
import { bySpan, type Span } from '../text/span.js'
import { type AnalysisOptions, analyzeDomains } from './analysis.js'
import type { ExpressionContext, Rule } from './define.js'
import { rules } from './rules/index.js'

/** A diagnostic of a rule, whose arguments its declaration has checked. */
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

/** What rules see of an expression; undefined when it has errors, which come first. */
export const expressionContext = (
  analyzed: AnalyzedExpression,
  environment: CheckEnvironment,
  isMapped: boolean,
  options: AnalysisOptions = {},
): ExpressionContext | undefined =>
  hasErrors(analyzed.diagnostics)
    ? undefined
    : { analyzed, environment, isMapped, analysis: analyzeDomains(analyzed, environment, options) }

/** What the rules about expressions find, in the order of the text. */
export const lintContext = (context: ExpressionContext): readonly Diagnostic[] => {
  const found: Diagnostic[] = []
  for (const { code, run } of rulesOf('expression'))
    run(context, (span, args, extras) => found.push(finding(code, span, args, extras)))
  return found.sort(bySpan)
}

/**
 * What is legal in an expression and probably not meant. Nothing for an expression with errors: they come
 * first, and what rules would say of the rest is guesswork.
 */
export const lintExpression = (
  analyzed: AnalyzedExpression,
  environment: CheckEnvironment,
): readonly Diagnostic[] => {
  const context = expressionContext(analyzed, environment, false)
  return context === undefined ? [] : lintContext(context)
}
