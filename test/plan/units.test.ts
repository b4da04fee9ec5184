import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { createInputTable } from '../../src/ir/inputs.js'
import { lowerExpression } from '../../src/ir/lowering.js'
import { optimise } from '../../src/ir/passes/index.js'
import type { Unit } from '../../src/ir/unit.js'
import { analyzeExpression, compileExpression, environmentOf } from '../../src/plan/compile.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { createContext, type EvaluationContext } from '../../src/values/context.js'
import { outcomeOf } from '../../src/values/outcome.js'
import { seededRandom } from '../../src/values/random.js'
import { evaluate } from '../oracle/evaluate.js'
import { arbitraryRecord } from '../support/arbitrary-value.js'
import { arbitraryRedundantExpression, arbitraryTypedExpression } from '../support/typed-expression.js'
import { canonicalOutcome } from './canonical.js'
import { backends, rowOf, selections } from './configurations.js'

/** A unit with a root for each expression, as an object mapping has one for each target attribute. */
const unitOfAll = (texts: readonly string[]): Unit => {
  const environment = environmentOf()
  const inputs = createInputTable()
  const roots = texts.map((text, index) => ({
    name: `target${index}`,
    node: lowerExpression(analyzeExpression(text, environment), environment, inputs),
  }))
  return { inputs: inputs.inputs(), shared: [], guard: undefined, roots }
}

const contextWith = (seed: number): EvaluationContext =>
  createContext({ now: '2024-02-29T12:30:45Z', random: seededRandom(seed), isTaken: () => false })

const accepted = (text: string): boolean => !hasErrors(compileExpression(text).diagnostics)

/** Some expressions, of which some are the same, or are parts of others. */
const related = fc
  .array(fc.oneof(arbitraryRedundantExpression, arbitraryTypedExpression).filter(accepted), {
    minLength: 2,
    maxLength: 4,
  })
  .map((texts) => [...texts, texts[0]!, `Append("x", ${texts.at(-1)})`])
  .filter((texts) => texts.every(accepted))

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
          const outcome = canonicalOutcome(outcomeOf(row[`target${index}`]!))
          expect(outcome, text).toBe(
            canonicalOutcome(evaluate(parseExpression(text).expression, record, expected)),
          )
        })
      }),
      { numRuns: 100 },
    )
  })
})
