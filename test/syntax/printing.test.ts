import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { compileExpression } from '../../src/expression/compile.js'
import { integerParametersOf } from '../../src/functions/graph-type.js'
import { standardLibrary } from '../../src/functions/index.js'
import type { Expression } from '../../src/syntax/ast.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { prettyExpression } from '../../src/syntax/pretty.js'
import { printExpression } from '../../src/syntax/print.js'
import { seededRandom } from '../../src/values/random.js'
import { canonicalOutcome } from '../plan/canonical.js'
import { arbitraryRecord } from '../support/arbitrary-value.js'
import { casesOf } from '../support/at-length.js'
import {
  arbitraryRedundantExpression,
  arbitraryTypedExpression,
  arbitraryUntypedExpression,
} from '../support/typed-expression.js'

const isIntegerParameter = integerParametersOf(standardLibrary)

const printers: readonly [name: string, print: (expression: Expression) => string][] = [
  ['canonical', (expression) => printExpression(expression)],
  ['as the service stores it', (expression) => printExpression(expression, { isIntegerParameter })],
  ['laid out', (expression) => prettyExpression(expression, { width: 30 })],
  ['laid out as stored', (expression) => prettyExpression(expression, { width: 30, isIntegerParameter })],
]

/** Numbers and their texts where both may stand, which is where a printer could mistake one for the other. */
const arbitraryNumericExpression: fc.Arbitrary<string> = fc.letrec<{ all: string }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('0', '1', '-1', '&HF', '"0"', '"1"', '"true"', '2.5', '[a]', '9007199254740993'),
    fc.tuple(tie('all'), tie('all'), tie('all')).map((parts) => `IIF(${parts.join(', ')})`),
    fc
      .tuple(tie('all'), fc.constantFrom('=', '<>', '<', '>='), tie('all'), tie('all'))
      .map(([left, operator, right, yes]) => `IIF(Not(${left})${operator}CStr(${right}), ${yes}, 0)`),
    fc.array(tie('all'), { minLength: 4, maxLength: 4 }).map((parts) => `Switch(${parts.join(', ')})`),
    fc.array(tie('all'), { minLength: 1, maxLength: 3 }).map((parts) => `Coalesce(${parts.join(', ')})`),
    fc
      .tuple(fc.constantFrom('Not', 'CBool', 'IsString', 'Redact', 'CDate', 'Count', 'Trim'), tie('all'))
      .map(([name, part]) => `${name}(${part})`),
    fc
      .tuple(fc.constantFrom('BitAnd', 'Left', 'Append', 'Item', 'RemoveDuplicates'), tie('all'), tie('all'))
      .map(
        ([name, ...parts]) => `${name}(${parts.slice(0, name === 'RemoveDuplicates' ? 1 : 2).join(', ')})`,
      ),
    fc.tuple(tie('all'), tie('all')).map(([a, b]) => `Join(1, ${a}, ${b})`),
  ),
})).all

describe.each(printers)('what is printed %s', (_name, print) => {
  it('evaluates to the same outcome, and is printed the same again', () => {
    let compared = 0
    fc.assert(
      fc.property(
        fc.oneof(arbitraryTypedExpression, arbitraryRedundantExpression, arbitraryUntypedExpression, {
          weight: 3,
          arbitrary: arbitraryNumericExpression,
        }),
        arbitraryRecord,
        fc.nat(99),
        (text, record, seed) => {
          const { expression, diagnostics } = parseExpression(text)
          fc.pre(!hasErrors(diagnostics))
          const printed = print(expression)
          expect(print(parseExpression(printed).expression)).toBe(printed)
          const [before, after] = [text, printed].map((source) => {
            const compiled = compileExpression(source)
            if (hasErrors(compiled.diagnostics)) return 'refused'
            const context = { now: '2024-02-29T12:30:45Z', random: seededRandom(seed) }
            return canonicalOutcome(compiled.evaluate(record, context))
          })
          if (before !== 'refused') compared++
          // Written as a text, a literal that can only fail is one that the checker refuses.
          if (after === 'refused' && before?.startsWith('error')) return
          expect(after).toBe(before)
        },
      ),
      { numRuns: 1000 },
    )
    expect(compared).toBeGreaterThan(casesOf(300))
  })
})
