import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/expression/compile.js'
import { standardLibrary } from '../../src/functions/index.js'
import { createContext } from '../../src/values/context.js'
import { seededRandom } from '../../src/values/random.js'
import { resolveSettings } from '../../src/values/resolve-settings.js'
import { casesOf } from '../support/at-length.js'
import { arbitraryTypedExpression, arbitraryUntypedExpression } from '../support/typed-expression.js'
import { isAccepted } from '../support/units.js'
import { configurations } from './configurations.js'

const message = (expression: string, record: Readonly<Record<string, unknown>>): string => {
  const outcome = compileExpression(expression).evaluate(record)
  return outcome.kind === 'error' ? outcome.diagnostics.map((d) => d.message).join(' ') : outcome.kind
}

describe('the message of an evaluation error', () => {
  it.each([
    ['CDate(Redact([pin]))'],
    ['Redact(CDate([pin]))'],
    ['CDate(ToUpper(Redact([pin])))'],
    ['Error(Redact([pin]))'],
    ['Error("no PIN like " & Redact([pin]))'],
    ['Left([name], Redact([pin]))'],
    ['Left([name], IIF(IsPresent(Redact([pin])), [pin], "1"))'],
    ['Replace([name], , Redact([pin]), , "", , )'],
    ['SelectUniqueValue(Redact([pin]), [name])'],
    ['Coalesce(CDate(Redact([pin])), [name])'],
  ])('does not quote what %s redacts', (expression) => {
    const outcome = compileExpression(expression).evaluate(
      { name: 'Ada', pin: '(x4711' },
      { isTaken: () => true },
    )
    expect(outcome.kind).toBe('error')
    if (outcome.kind !== 'error') return
    const [found] = outcome.diagnostics
    expect(found!.message).toBe(`The expression failed with ${found!.code}; its values are redacted.`)
  })

  it('quotes what is not redacted, also beside what is', () => {
    const record = { name: 'Ada', pin: '4711' }
    expect(message('CDate([name])', record)).toContain('"Ada"')
    expect(message('Join("", Redact([pin]), CDate([name]))', record)).toContain('"Ada"')
    expect(message('IIF(IsPresent(Redact([pin])), CDate([name]), "")', record)).toContain('"Ada"')
  })

  it('is that of its own place, where a part is computed once for two', () => {
    const expression = 'IIF([open] = "yes", CStr(CDate([pin])), Redact(CStr(CDate([pin]))))'
    expect(message(expression, { open: 'yes', pin: 'x4711' })).toContain('"x4711"')
    expect(message(expression, { open: 'no', pin: 'x4711' })).not.toContain('4711')
    const twice = 'IIF([open] = "yes", CStr(CDate(Redact([pin]))), Append(CStr(CDate(Redact([pin]))), "!"))'
    for (const open of ['yes', 'no']) expect(message(twice, { open, pin: 'x4711' })).not.toContain('4711')
  })
})

const SECRET = 'qzjqzj'

/** Calls around a redacted part, so that values that fail are common. */
const arbitraryRedactingExpression: fc.Arbitrary<string> = fc.letrec<{ all: string }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { weight: 2, arbitrary: fc.constant('Redact([secret])') },
    fc.constantFrom('"a"', '3', '[other]'),
    fc
      .tuple(
        fc.constantFrom(...standardLibrary.all().map(({ name }) => name)),
        fc.array(tie('all'), { maxLength: 7 }),
      )
      .map(([name, parts]) => `${name}(${parts.join(', ')})`),
    fc
      .tuple(fc.constantFrom('CDate', 'CBool', 'Error', 'ToLower'), tie('all'))
      .map(([name, part]) => `${name}(${part})`),
    fc
      .tuple(tie('all'), fc.constantFrom('&', '=', '<'), tie('all'))
      .map(
        ([a, sign, b]) =>
          `Append(IIF(${sign === '&' ? 'True' : `Trim(${a})${sign}Trim(${b})`}, ${a}, ${b}), "")`,
      ),
  ),
})).all

describe('a secret', () => {
  it('is in no message of any backend', () => {
    let failed = 0
    fc.assert(
      fc.property(
        fc.oneof(
          arbitraryRedactingExpression,
          fc
            .oneof(arbitraryTypedExpression, arbitraryUntypedExpression)
            .map((text) => `Append(${text}, CDate(Redact([secret])))`),
        ),
        (text) => {
          fc.pre(isAccepted(text))
          for (const { name, compile } of configurations) {
            const settings = {}
            const context = createContext(
              { now: '2024-02-29T12:30:45Z', random: seededRandom(1), isTaken: () => true },
              resolveSettings(settings),
            )
            const outcome = compile(text, settings)({ secret: SECRET, other: 'x' }, context)
            if (outcome.kind !== 'error') continue
            failed++
            for (const found of outcome.diagnostics)
              expect(found.message.toLowerCase(), name).not.toContain(SECRET.slice(0, 3))
          }
        },
      ),
      { numRuns: 250 },
    )
    expect(failed).toBeGreaterThan(casesOf(80) * configurations.length)
  })
})
