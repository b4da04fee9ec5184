import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js'
import type { Expression, InvalidExpression } from '../ast.js'
import { MAX_DEPTH, parseTokens } from '../grammar.js'
import { MAX_FAULTS, scanFaulty } from './fault-scanner.js'
import { addOperatorFixes } from './operator-fixes.js'
import { repairAt } from './structure-repair.js'
import { hasUnbalancedQuotes } from './unbalanced-quotes.js'

/** The explanation of a faulty text. */
export interface Diagnosis {
  /** The parts that could be understood; `InvalidExpression` nodes stand for the rest. */
  readonly expression: Expression
  /** At least one error, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The node for a text that could not be understood at all. */
export const invalidExpression = (text: string): InvalidExpression => ({
  type: 'InvalidExpression',
  span: { start: 0, end: text.length },
})

const withoutSafeFixes = (d: Diagnostic): Diagnostic =>
  d.fixes === undefined ? d : { ...d, fixes: d.fixes.map((fix) => ({ ...fix, safe: false })) }

/**
 * Explains a text that the grammar refuses. Each fault is reported with its fix and then repaired in the
 * tokens, and the grammar is tried again. So one run finds all faults, and only the grammar decides what is
 * valid.
 */
export const diagnose = (text: string): Diagnosis => {
  const scan = scanFaulty(text)
  const diagnostics = addOperatorFixes(text, scan.tokens, scan.diagnostics)
  if (scan.tokens.length === 0 && diagnostics.length === 0) {
    const empty = diagnostic('AF1002', { start: 0, end: text.length }, {})
    return { expression: invalidExpression(text), diagnostics: [empty] }
  }
  let tokens = scan.tokens
  let expression: Expression = invalidExpression(text)
  while (tokens.length > 0) {
    const parsed = parseTokens(tokens)
    if (parsed.failedAt === undefined) {
      expression = parsed.expression
      break
    }
    if (parsed.tooDeep) {
      const { startOffset = 0, endOffset = 0 } = tokens[parsed.failedAt] ?? {}
      diagnostics.push(diagnostic('AF3011', { start: startOffset, end: endOffset + 1 }, { limit: MAX_DEPTH }))
      break
    }
    if (diagnostics.length >= MAX_FAULTS) break
    const step = repairAt(text, tokens, parsed.failedAt)
    // An operator that the grammar rejects here is now a token like those from the scan.
    diagnostics.push(...addOperatorFixes(text, step.tokens, [step.diagnostic]))
    tokens = step.tokens
  }
  const sorted = diagnostics.sort((a, b) => a.span.start - b.span.start)
  return { expression, diagnostics: hasUnbalancedQuotes(text) ? sorted.map(withoutSafeFixes) : sorted }
}
