import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression } from '../../src/expression/compile.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { printExpression } from '../../src/syntax/print.js'
import { arbitraryExpression } from '../support/arbitrary-expression.js'
import { examineText, expressionPieces } from '../support/examine-text.js'

const fragment = fc.constantFrom(...expressionPieces)

describe('any text', () => {
  it('is explained, whatever its characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), examineText), { numRuns: 1000 })
  })

  it('is explained, whatever its faults', () => {
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 20 }).map((parts) => parts.join('')),
        examineText,
      ),
      {
        numRuns: 1500,
      },
    )
  })

  it('is explained when a valid text is cut, doubled or mixed with faults', () => {
    const input = fc.tuple(arbitraryExpression, fc.nat(), fc.nat(3), fragment)
    fc.assert(
      fc.property(input, ([expression, at, length, faulty]) => {
        const text = printExpression(expression)
        const i = at % (text.length + 1)
        examineText(text.slice(0, i) + faulty + text.slice(i + length))
      }),
      { numRuns: 700 },
    )
  })

  it.each([
    ['parentheses', '('.repeat(10_000)],
    ['calls', 'Trim('.repeat(2000)],
    ['closed calls', `${'Trim('.repeat(1900)}[a]${')'.repeat(1900)}`],
    ['concatenations', Array.from({ length: 4000 }, () => '[a]').join('&')],
    ['calls with an open string', `${'Trim('.repeat(1500)}"`],
  ])('nested deeply is refused, not followed: %s', (_, text) => {
    const { expression, diagnostics } = parseExpression(text)
    expect(diagnostics.map((d) => d.code)).toContain('AF3011')
    expect(expression.type).toBe('InvalidExpression')
  })

  it('nests 200 levels deep, and no deeper', () => {
    const nested = (depth: number): string => `${'Trim('.repeat(depth)}[a]${')'.repeat(depth)}`
    expect(parseExpression(nested(200)).diagnostics).toEqual([])
    expect(parseExpression(nested(201)).diagnostics.map((d) => d.code)).toEqual(['AF3011'])
  })

  it('has chains of 401 operands, and no longer ones', () => {
    const chain = (operands: number): string => Array.from({ length: operands }, () => '[a]').join(' & ')
    expect(parseExpression(chain(401)).diagnostics).toEqual([])
    expect(parseExpression(chain(402)).diagnostics.map((d) => d.code)).toEqual(['AF3011'])
    const { evaluate } = compileExpression(chain(401))
    expect(evaluate({ a: 'x' })).toEqual({ kind: 'value', value: 'x'.repeat(401) })
  })

  it.each([
    ['quotes', '"'],
    ['odd quotes', '"a'],
    ['opening brackets', '['],
    ['closing brackets', ']'],
    ['apostrophes', "'"],
    ['apostrophes in text', "'a b"],
    ['smart quotes', '“'],
    ['back-ticks', '`'],
    ['entities', '&amp;'],
    ['quote entities', '&quot;a '],
    ['backslashes', '\\'],
    ['escaped brackets', '\\[a '],
    ['comments', '/*'],
    ['dots', '.'],
    ['words', 'a '],
    ['dotted words', 'a.b'],
    ['hyphens', 'a-'],
    ['attributes', '[a] '],
    ['operators', '= '],
    ['strings', '"\\@" '],
    ['percent signs', '%'],
    ['negations', '!'],
    ['semicolons', ';'],
    ['disjunctions', '[a] OR '],
    ['index', '[a][0]'],
    ['commas', ','],
    ['digits', '9'],
    ['blanks', ' '],
    ['open strings in calls', 'F("a, '],
  ])('of 50,000 characters is read to its end: %s', (_, part) => {
    const text = part.repeat(Math.ceil(50_000 / part.length)).slice(0, 50_000)
    const { diagnostics } = parseExpression(text)
    expect(diagnostics.map((d) => d.code)).toContain('AF3007')
    const inCall = parseExpression(`Join(\\[${text.slice(0, 49_000)}`)
    expect(inCall.diagnostics.length).toBeGreaterThan(1)
  })

  it('beyond 50,000 characters is not read', () => {
    const { diagnostics, expression } = parseExpression('('.repeat(50_001))
    expect(diagnostics.map((d) => d.code)).toEqual(['AF3007'])
    expect(expression.type).toBe('InvalidExpression')
  })
})
