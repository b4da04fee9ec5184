import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, environmentOf } from '../../src/expression/compile.js'
import { documented, standardLibrary } from '../../src/functions/index.js'
import { fixExpression } from '../../src/lint/index.js'
import { hasUnbalancedQuotes } from '../../src/syntax/repair/unbalanced-quotes.js'

const environment = environmentOf()
const fix = (text: string): string => fixExpression(text, environment).text

const examples = standardLibrary
  .all()
  .flatMap((definition) => documented(definition).examples.map(({ expression }) => expression))

/** An expression with some pieces left out, doubled, or put elsewhere, as hands and copying do. */
const mutated = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.array(
      fc.record({
        at: fc.nat(200),
        length: fc.nat(3),
        text: fc.constantFrom(
          '',
          '"',
          ',',
          '(',
          ')',
          '[',
          ']',
          "'",
          '“',
          '”',
          ' ',
          '=',
          '==',
          '||',
          '&',
          ';',
          '\\',
          '`',
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((current, { at, length, text: piece }) => {
      const start = at % (current.length + 1)
      return current.slice(0, start) + piece + current.slice(start + length)
    }, text),
  )

describe('safe fixes', () => {
  it.each(['""T" "F"', 'IIF([a] = "x || [b] = "y", "T", "F")', '"a'])('leave %s alone', (text) => {
    expect(fix(text)).toBe(text)
  })

  it('come to rest: fixing twice is fixing once', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const once = fix(text)
        expect(fix(once)).toBe(once)
        if (hasUnbalancedQuotes(text)) expect(once).toBe(text)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a number where a text of a certain form is taken', () => {
  it.each(['ToLower([a], -1)', 'DateAdd(5, 1, [d])', 'FormatDateTime([a], 1, [o])'])(
    '%s is refused',
    (text) => {
      const { diagnostics } = compileExpression(text)
      expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    },
  )
})
