import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttributeInfo } from '../../src/check/attribute-scope.js'
import { hasErrors } from '../../src/diagnostics/diagnostic.js'
import { analyzeExpression, compileExpression, environmentOf } from '../../src/expression/compile.js'
import { admits } from '../../src/functions/domain.js'
import { analyzeDomains } from '../../src/lint/analysis.js'
import { attributeDomain } from '../../src/lint/attribute-domain.js'
import { lintExpression } from '../../src/lint/index.js'
import { EvaluationError } from '../../src/values/fault.js'
import type { FlowMarker } from '../../src/values/marker.js'
import type { Outcome } from '../../src/values/outcome.js'
import { seededRandom } from '../../src/values/random.js'
import { jsonText } from '../../src/values/text.js'
import { fromInput, type Value } from '../../src/values/value.js'
import { arbitrarySettings } from '../support/arbitrary-settings.js'
import { arbitraryRecord, arbitraryText, attributeNames, objectOf } from '../support/arbitrary-value.js'
import { scopeOf } from '../support/attribute-scope.js'
import { resultOf } from '../support/result-of.js'
import { arbitraryRedundantExpression, arbitraryTypedExpression } from '../support/typed-expression.js'

const types: readonly AttributeInfo['type'][] = [
  'String',
  'Integer',
  'Reference',
  'Binary',
  'Boolean',
  'DateTime',
]

const arbitraryInfos: fc.Arbitrary<readonly AttributeInfo[]> = fc.tuple(
  ...attributeNames.map((name) =>
    fc.record({
      name: fc.constant(name),
      type: fc.constantFrom(...types),
      multivalued: fc.boolean(),
      required: fc.boolean(),
    }),
  ),
)

/** A single value that fits a type; made apart from what is tested, from the definition of fitting. */
const fittingSingle = (type: AttributeInfo['type'], filled: boolean): fc.Arbitrary<unknown> => {
  const text = filled ? arbitraryText.filter((one) => one !== '') : arbitraryText
  switch (type) {
    case 'Integer':
      return fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt(), fc.integer().map(String))
    case 'Boolean':
      return fc.constantFrom(true, false, 'True', 'False')
    case 'Reference':
      return fc.oneof(text, fc.record({ id: fc.string() }))
    case 'DateTime':
      return fc.oneof(
        text,
        fc.constant('2024-02-29'),
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      )
    default:
      return text
  }
}

const fitting = ({ type, multivalued, required }: AttributeInfo): fc.Arbitrary<unknown> => {
  const value = multivalued
    ? fc.array(fittingSingle(type, false), { minLength: required ? 1 : 0, maxLength: 3 })
    : fittingSingle(type, required)
  return required ? value : fc.option(value, { freq: 4 })
}

const arbitraryFit = arbitraryInfos.chain((infos) =>
  fc.tuple(
    fc.constant(infos),
    fc.array(
      fc.tuple(...infos.map(fitting)).map((values) => objectOf(values.map((v, i) => [infos[i]!.name, v]))),
      { minLength: 1, maxLength: 4 },
    ),
  ),
)

const arbitraryExpression = fc.oneof(arbitraryTypedExpression, arbitraryRedundantExpression)

const context = () => ({ now: '2024-02-29T12:30:45.678Z', random: seededRandom(1), isTaken: () => false })

const valueIn = (outcome: Outcome): Value | FlowMarker | undefined => {
  const result = resultOf(outcome)
  return result instanceof EvaluationError ? undefined : result
}

/** What the rules list-operand, reference-operand and conversion-can-fail report. */
const possibleFailures: ReadonlySet<string> = new Set(['AF9235', 'AF9236', 'AF9237'])

const typeErrors: ReadonlySet<string> = new Set(['AF5001', 'AF5003', 'AF5008'])

describe('domains', () => {
  it('contain every value of an attribute that fits its definition', () => {
    fc.assert(
      fc.property(arbitraryFit, ([infos, records]) => {
        for (const record of records)
          for (const info of infos)
            expect(admits(attributeDomain(info), fromInput(record[info.name]))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('contain every outcome, whatever the objects hold', () => {
    let compared = 0
    fc.assert(
      fc.property(
        arbitraryExpression,
        fc.array(arbitraryRecord, { minLength: 1, maxLength: 4 }),
        arbitrarySettings,
        (text, records, settings) => {
          const environment = environmentOf({ settings })
          const analyzed = analyzeExpression(text, environment)
          if (hasErrors(analyzed.diagnostics)) return
          const { domain } = analyzeDomains(analyzed, environment)
          const compiled = compileExpression(text, { settings })
          for (const record of records) {
            const value = valueIn(compiled.evaluate(record, context()))
            if (value === undefined) continue
            compared++
            expect(admits(domain, value), `${jsonText(value)} of ${text}`).toBe(true)
          }
        },
      ),
      { numRuns: 1200 },
    )
    expect(compared).toBeGreaterThan(400)
  })

  it('contain every outcome for objects that fit the schema, and an expression without such findings raises no type error', () => {
    let compared = 0
    let silent = 0
    fc.assert(
      fc.property(
        arbitraryExpression,
        arbitraryFit,
        arbitrarySettings,
        (text, [infos, records], settings) => {
          const environment = environmentOf({ settings, attributes: scopeOf(infos) })
          const analyzed = analyzeExpression(text, environment)
          if (hasErrors(analyzed.diagnostics)) return
          const { domain } = analyzeDomains(analyzed, environment)
          const reported = lintExpression(analyzed, environment).some(({ code }) =>
            possibleFailures.has(code),
          )
          const compiled = compileExpression(text, { settings, attributes: scopeOf(infos) })
          for (const record of records) {
            const outcome = compiled.evaluate(record, context())
            const value = valueIn(outcome)
            if (value !== undefined) {
              compared++
              expect(admits(domain, value), `${jsonText(value)} of ${text}`).toBe(true)
            }
            if (reported) continue
            silent++
            const codes = outcome.kind === 'error' ? outcome.diagnostics.map((d) => d.code) : []
            expect(
              codes.filter((code) => typeErrors.has(code)),
              text,
            ).toEqual([])
          }
        },
      ),
      { numRuns: 1200 },
    )
    expect(compared).toBeGreaterThan(400)
    expect(silent).toBeGreaterThan(400)
  })
})
