import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { analyzeExpression, compileExpression, environmentOf } from '../../src/expression/compile.js'
import { fixExpression, lintExpression } from '../../src/lint/index.js'
import { createContext } from '../../src/values/context.js'
import { seededRandom } from '../../src/values/random.js'
import { canonicalOutcome } from '../plan/canonical.js'
import { arbitraryRecord } from '../support/arbitrary-value.js'
import { casesOf } from '../support/at-length.js'
import {
  arbitraryHostileExpression,
  arbitraryTypedExpression,
  arbitraryUntypedExpression,
} from '../support/typed-expression.js'

const environment = environmentOf()

describe('lint', () => {
  it('never throws, and points inside the text', () => {
    let found = 0
    fc.assert(
      fc.property(
        fc.oneof(arbitraryTypedExpression, arbitraryUntypedExpression, arbitraryHostileExpression),
        (text) => {
          for (const { span } of lintExpression(analyzeExpression(text, environment), environment)) {
            found++
            expect(span.start).toBeGreaterThanOrEqual(0)
            expect(span.end).toBeGreaterThanOrEqual(span.start)
            expect(span.end).toBeLessThanOrEqual(text.length)
          }
        },
      ),
      { numRuns: 2000 },
    )
    expect(found).toBeGreaterThan(100)
  })
})

/** A Switch over few keys, so that some are there twice, with blanks of all kinds between the tokens. */
const arbitrarySwitch = fc
  .tuple(
    fc.constantFrom('[a]', '[mail]', 'ToLower([a])', 'Left([mail], 1)'),
    fc.array(fc.tuple(fc.constantFrom('"a"', '"b"', '""', '"1"'), fc.constantFrom('"x"', '[b]', '')), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.constantFrom(' ', '\u00a0', '\n', ''),
  )
  .map(([source, pairs, blank]) => `Switch(${[source, '"d"', ...pairs.flat()].join(`,${blank}`)})`)

describe('a safe fix', () => {
  it('changes no outcome of an expression without errors, and is not asked for again', () => {
    let fixed = 0
    fc.assert(
      fc.property(
        fc.oneof(arbitrarySwitch, arbitraryTypedExpression),
        fc.array(arbitraryRecord, { minLength: 1, maxLength: 3 }),
        (text, records) => {
          if (hasErrors(analyzeExpression(text, environment).diagnostics)) return
          const { text: after, count } = fixExpression(text, environment)
          if (count === 0) return
          fixed++
          expect(fixExpression(after, environment)).toEqual({ text: after, count: 0 })
          const outcomes = [text, after].map((one) => {
            const context = createContext({ now: '2024-02-29', random: seededRandom(1) })
            return records.map((record) => canonicalOutcome(compileExpression(one).evaluate(record, context)))
          })
          expect(outcomes[1]).toEqual(outcomes[0])
        },
      ),
      { numRuns: 500 },
    )
    expect(fixed).toBeGreaterThan(casesOf(50))
  })
})
