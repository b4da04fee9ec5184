import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { compileExpression } from '../../src/expression/compile.js'
import { documented, standardLibrary } from '../../src/functions/index.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { createContext, type EvaluationContext } from '../../src/values/context.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'
import type { SettingsInput } from '../../src/values/settings.js'
import { evaluate } from '../oracle/evaluate.js'
import { arbitrarySettings } from '../support/arbitrary-settings.js'
import { arbitraryRecord, attributeNames } from '../support/arbitrary-value.js'
import { atLength } from '../support/at-length.js'
import { recordedRandom } from '../support/recorded-random.js'
import {
  arbitraryHostileExpression,
  arbitraryRedundantExpression,
  arbitraryTypedExpression,
  arbitraryUntypedExpression,
} from '../support/typed-expression.js'
import { isAccepted } from '../support/units.js'
import { canonicalOutcome } from './canonical.js'
import { configurations } from './configurations.js'

/** A context whose draws are recorded, and which a seed makes the same again. */
const recordingContext = (
  settings: SettingsInput,
  seed: number,
): { context: EvaluationContext; draws: number[] } => {
  const { random, draws } = recordedRandom(seed)
  const now = '2024-02-29T12:30:45.678Z'
  const isTaken = (candidate: string): boolean => candidate.length % 2 === 0
  return { context: createContext({ now, random, isTaken }, resolveSettings(settings)), draws }
}

const rounds = fc.tuple(
  fc.array(arbitraryRecord, { minLength: 2, maxLength: 4 }),
  arbitrarySettings,
  fc.integer({ min: 0, max: 1000 }),
)

/** Compares every configuration with the oracle, on one expression and some objects. */
const judge = (
  text: string,
  [records, settings, seed]: [Record<string, unknown>[], SettingsInput, number],
): void => {
  const { expression } = parseExpression(text)
  const ways = configurations.map(({ name, compile }) => ({ name, run: compile(text, settings) }))
  for (const record of records) {
    const expected = recordingContext(settings, seed)
    const outcome = canonicalOutcome(evaluate(expression, record, expected.context))
    for (const { name, run } of ways) {
      const actual = recordingContext(settings, seed)
      expect(canonicalOutcome(run(record, actual.context)), name).toBe(outcome)
      expect(actual.draws, name).toEqual(expected.draws)
    }
  }
}

/** Runs the comparison; `least` is the part of the generated expressions that the checker has to accept. */
const assertAgreement = (expressions: fc.Arbitrary<string>, numRuns: number, least: number): void => {
  let accepted = 0
  let all = 0
  fc.assert(
    fc.property(expressions, rounds, (text, round) => {
      all++
      if (!isAccepted(text)) return
      accepted++
      judge(text, round)
    }),
    { numRuns: atLength ? numRuns : (numRuns * 3) / 5 },
  )
  expect(accepted).toBeGreaterThan(all * least)
}

describe(`${configurations.map(({ name }) => name).join(', ')} and the oracle`, () => {
  it('agree on expressions that the declarations allow', () => {
    assertAgreement(arbitraryTypedExpression, 400, 0.8)
  })

  it('agree where parts occur again or say nothing', () => {
    assertAgreement(arbitraryRedundantExpression, 200, 0.8)
  })

  it('agree on calls with arguments of any kind', () => {
    assertAgreement(arbitraryUntypedExpression, 200, 0.2)
  })

  it('agree on the examples of every function', () => {
    const examples = standardLibrary
      .all()
      .map(documented)
      .flatMap(({ examples }) => examples)
    expect(examples.length).toBeGreaterThan(100)
    for (const { expression, input = {}, settings = {} } of examples)
      judge(expression, [[input], settings, 1])
  })
})

describe('any text for an expression', () => {
  it('is evaluated without throwing', () => {
    fc.assert(
      fc.property(arbitraryHostileExpression, arbitraryRecord, (text, record) => {
        const compiled = compileExpression(text)
        const { kind } = compiled.evaluate(record)
        expect(['value', 'null', 'ignoreAttribute', 'ignoreObject', 'error']).toContain(kind)
        if (hasErrors(compiled.diagnostics)) expect(kind).toBe('error')
      }),
      { numRuns: 400 },
    )
  })
})

describe('attribute names', () => {
  it.each(attributeNames)('%j is read as an own member only', (name) => {
    const compiled = compileExpression(`[${name}]`)
    expect(compiled.diagnostics).toEqual([])
    expect(compiled.attributes).toEqual([name])
    expect(compiled.evaluate({})).toEqual({ kind: 'null' })
    const record = Object.defineProperty({}, name, { value: 'own', enumerable: true })
    expect(compiled.evaluate(record)).toEqual({ kind: 'value', value: 'own' })
  })
})
