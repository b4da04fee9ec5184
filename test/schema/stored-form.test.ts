import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { compileExpression } from '../../src/expression/compile.js'
import { standardLibrary } from '../../src/functions/index.js'
import { storedForm } from '../../src/schema/stored-form.js'
import type { Expression } from '../../src/syntax/ast.js'
import { printExpression } from '../../src/syntax/print.js'
import { visit } from '../../src/syntax/walk.js'
import type { Outcome } from '../../src/values/outcome.js'
import { seededRandom } from '../../src/values/random.js'
import { textForm } from '../../src/values/text.js'
import { arbitraryRecord } from '../support/arbitrary-value.js'
import { arbitraryRedundantExpression, arbitraryTypedExpression } from '../support/typed-expression.js'

/** What the service would see: the texts, or why there are none. */
const seen = (outcome: Outcome): unknown => {
  if (outcome.kind === 'value') return textForm(outcome.value)
  return outcome.kind === 'error' ? outcome.diagnostics.map(({ code }) => code) : outcome.kind
}

const literals = (expression: Expression, types: readonly string[]): ReadonlySet<number> => {
  const starts = new Set<number>()
  visit(expression, (node) => {
    if (types.includes(node.type)) starts.add(node.span.start)
  })
  return starts
}

/** Whether a number has become text: where its kind matters, as in a condition, the text is something else. */
const losesNumber = (written: Expression, stored: Expression): boolean => {
  const texts = literals(stored, ['StringLiteral'])
  return [...literals(written, ['IntegerLiteral', 'DecimalLiteral'])].some((start) => texts.has(start))
}

describe('the stored form', () => {
  it('evaluates to the same texts', () => {
    let compared = 0
    fc.assert(
      fc.property(
        fc.oneof(arbitraryTypedExpression, arbitraryRedundantExpression),
        arbitraryRecord,
        fc.nat(99),
        (text, record, seed) => {
          const written = compileExpression(text)
          fc.pre(!hasErrors(written.diagnostics))
          const form = storedForm(written.expression, standardLibrary)
          if (form.diagnostics.length > 0) return form.diagnostics.every(({ code }) => code === 'AF4114')
          fc.pre(!losesNumber(written.expression, form.expression))
          const stored = compileExpression(printExpression(form.expression))
          const [a, b] = [written, stored].map((compiled) =>
            seen(compiled.evaluate(record, { now: '2024-02-29T12:30:45Z', random: seededRandom(seed) })),
          )
          compared++
          expect(b).toEqual(a)
          return true
        },
      ),
      { numRuns: 500 },
    )
    expect(compared).toBeGreaterThan(100)
  })
})
