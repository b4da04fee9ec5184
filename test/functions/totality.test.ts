import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateTime } from '../../src/dotnet/dates/index.js'
import type { FunctionDefinition, Parameter } from '../../src/functions/define.js'
import { standardLibrary } from '../../src/functions/index.js'
import { Fault } from '../../src/values/fault.js'
import { FlowMarker } from '../../src/values/marker.js'
import { seededRandom } from '../../src/values/random.js'
import { IGNORE_ATTRIBUTE, LIST, NULL, overlaps } from '../../src/values/static-type.js'
import { kindOf } from '../../src/values/value.js'
import { callIn, testContext } from './bodies.js'

const hostileText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '(',
    '[a',
    '(?<g>a)',
    'a*',
    '\\',
    '%',
    "'",
    'yyyy-MM-dd',
    'd',
    'tr-TR',
    '\ud800',
    '__proto__',
    'constructor',
    '2024-02-30',
    'CN=a,DC=b',
    'AAAA',
    '9'.repeat(400),
  ),
)
const hostileInteger = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, 1, -1, 256, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  fc.bigInt().filter((value) => value > 2n ** 53n || value < -(2n ** 53n)),
  fc.constant(10n ** 400n),
)
const hostileDate = fc
  .tuple(
    fc.integer({ min: 0, max: 3_652_058 }),
    fc.integer({ min: 0, max: 863_999_999_999 }),
    fc.constantFrom('utc', 'local', 'unspecified'),
  )
  .map(([day, tick, kind]) => new DateTime(day, tick, kind as 'utc'))
const scalar = fc.oneof(
  hostileText,
  hostileInteger,
  hostileDate,
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
  fc.dictionary(
    fc.constantFrom('value', 'displayName', 'id', '__proto__'),
    fc.oneof(hostileText, fc.constant(null), fc.array(hostileText, { maxLength: 1 })),
  ),
)
const anyValue = fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }))

const byType = { String: hostileText, Integer: hostileInteger, DateTime: hostileDate, Any: anyValue }

const argument = (parameter: Parameter): fc.Arbitrary<unknown> => {
  const converted: fc.Arbitrary<unknown> = byType[parameter.type]
  if (parameter.required === false) return fc.oneof(converted, fc.constant(null), fc.constant(undefined))
  return parameter.acceptsNull
    ? fc.oneof(converted, fc.constant(null))
    : converted.filter((value) => value !== null)
}

const argumentsOf = ({ parameters }: FunctionDefinition): fc.Arbitrary<unknown[]> => {
  const fixed = fc.tuple(...parameters.filter(({ repeating }) => !repeating).map(argument))
  const repeating = parameters.filter((parameter) => parameter.repeating)
  if (repeating.length === 0) return fixed
  const rest = fc.array(fc.tuple(...repeating.map(argument)), { minLength: 1, maxLength: 3 })
  return fc.tuple(fixed, rest).map(([first, more]) => [...first, ...more.flat()])
}

const withBody = standardLibrary.all().filter(({ evaluate }) => evaluate !== undefined)

describe('totality', () => {
  it('covers every function but the lazy ones', () => {
    expect(
      standardLibrary
        .all()
        .filter(({ evaluate }) => evaluate === undefined)
        .map(({ name }) => name),
    ).toEqual(['Coalesce', 'IIF', 'SelectUniqueValue', 'Switch'])
  })

  it.each(withBody.map((definition) => [definition.name, definition] as const))(
    '%s gives a value of its kinds or a fault it names',
    (name, definition) => {
      fc.assert(
        fc.property(argumentsOf(definition), fc.integer(), (args, seed) => {
          const context = { ...testContext(), random: seededRandom(seed) }
          let result: unknown
          try {
            result = callIn(context, name, ...args)
          } catch (thrown) {
            if (!(thrown instanceof Fault)) throw thrown
            expect(definition.errors).toContain(thrown.code)
            return
          }
          if (typeof definition.returns === 'function') return
          if (result instanceof FlowMarker) {
            expect(overlaps(definition.returns, IGNORE_ATTRIBUTE)).toBe(true)
            return
          }
          const kind = kindOf(result as never)
          if (kind === 'null') expect(overlaps(definition.returns, NULL)).toBe(true)
          if (kind === 'list') expect(overlaps(definition.returns, LIST)).toBe(true)
        }),
        { numRuns: 300 },
      )
    },
  )
})
