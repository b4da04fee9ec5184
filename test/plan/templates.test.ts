import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzeExpression, environmentOf, unitOf } from '../../src/expression/compile.js'
import { optimise } from '../../src/ir/passes/index.js'
import { printUnit } from '../../src/ir/print.js'
import { createContext } from '../../src/values/context.js'
import { outcomeOf } from '../../src/values/outcome.js'
import { casesOf } from '../support/at-length.js'
import { canonicalOutcome } from './canonical.js'
import { backends, rowOf } from './configurations.js'

/** What behaves at the edges of a text: blanks, accents apart from their letters, halves of pairs. */
const text = fc.string({
  unit: fc.constantFrom('a', 'B', ' ', 'é', '中', '\u0301', '\ud801', '\udc28'),
  maxLength: 2,
})
const literal = fc.constantFrom('""', '"."', '" "', '"@x"', '"\u0301"', '"Σ"', '"\ud801"')
const value = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.constantFrom(null, true, 7),
  fc.array(text, { maxLength: 2 }),
)

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('[a]', '[b]'),
    literal,
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `Append(${x}, ${y})`),
    fc.tuple(literal, tie('expression'), tie('expression')).map((parts) => `Join(${parts.join(', ')})`),
    fc
      .tuple(
        fc.constantFrom('ToLower', 'ToUpper', 'StripSpaces', 'NormalizeDiacritics'),
        fc.constantFrom('', ', "tr-TR"'),
        tie('expression'),
      )
      .map(([name, culture, x]) => `${name}(${x}${name.startsWith('To') ? culture : ''})`),
    tie('expression').map((x) => `Left(${x}, 2)`),
    tie('expression').map((x) => `Mid(${x}, 2, 1)`),
    tie('expression').map((x) => `Word(${x}, 1, " ")`),
  ),
}))

describe.each(backends)('templates, $name', ({ plan }) => {
  it('give what the expression gives without them', () => {
    const environment = environmentOf({})
    const context = createContext({ now: 0 })
    let templates = 0
    fc.assert(
      fc.property(
        expression,
        fc.array(fc.record({ a: value, b: value }), { minLength: 3, maxLength: 6 }),
        (source, records) => {
          const unit = unitOf(analyzeExpression(source, environment), environment)
          const optimised = optimise(unit)
          if (printUnit(optimised).includes('template')) templates++
          const [plain, quick] = [plan(unit), plan(optimised)]
          for (const record of records) {
            const [expected, found] = [plain, quick].map((planned) =>
              canonicalOutcome(outcomeOf(rowOf(planned, record, context).result!)),
            )
            expect(found).toBe(expected)
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(templates).toBeGreaterThan(casesOf(50))
  })
})
