import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimise } from '../../src/ir/passes/index.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { createContext, type EvaluationContext } from '../../src/values/context.js'
import { outcomeOf } from '../../src/values/outcome.js'
import { seededRandom } from '../../src/values/random.js'
import { evaluate } from '../oracle/evaluate.js'
import { arbitraryRecord } from '../support/arbitrary-value.js'
import { arbitraryRedundantExpression, arbitraryTypedExpression } from '../support/typed-expression.js'
import { isAccepted, rootName, unitOfAll } from '../support/units.js'
import { canonicalOutcome } from './canonical.js'
import { backends, rowOf, selections } from './configurations.js'

const contextWith = (seed: number): EvaluationContext =>
  createContext({ now: '2024-02-29T12:30:45Z', random: seededRandom(seed), isTaken: () => false })

/** Some expressions, of which some are the same, or are parts of others. */
const related = fc
  .array(fc.oneof(arbitraryRedundantExpression, arbitraryTypedExpression).filter(isAccepted), {
    minLength: 2,
    maxLength: 4,
  })
  .map((texts) => [...texts, texts[0]!, `Append("x", ${texts.at(-1)})`])
  .filter((texts) => texts.every(isAccepted))

describe('several expressions in one unit', () => {
  it.each(
    backends.flatMap(({ name: backend, plan }) =>
      selections.map(({ name, selected }) => ({ name: `${backend}, ${name}`, plan, selected })),
    ),
  )('are each what the oracle says: $name', ({ plan, selected }) => {
    fc.assert(
      fc.property(related, arbitraryRecord, fc.nat(1000), (texts, record, seed) => {
        const planned = plan(optimise(unitOfAll(texts), selected))
        const expected = contextWith(seed)
        const row = rowOf(planned, record, contextWith(seed))
        texts.forEach((text, index) => {
          const outcome = canonicalOutcome(outcomeOf(row[rootName(index)]!))
          expect(outcome, text).toBe(
            canonicalOutcome(evaluate(parseExpression(text).expression, record, expected)),
          )
        })
      }),
      { numRuns: 100 },
    )
  })
})
