import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { integerParametersOf } from '../../src/functions/graph-type.js'
import { standardLibrary } from '../../src/functions/index.js'
import { sameSyntax } from '../../src/syntax/equality.js'
import { parseExpression } from '../../src/syntax/parser.js'
import { prettyExpression } from '../../src/syntax/pretty.js'
import { printExpression } from '../../src/syntax/print.js'
import { tokenize } from '../../src/syntax/tokenize.js'
import { childrenOf, visit } from '../../src/syntax/walk.js'
import { arbitraryExpression, arbitraryWhiteSpace } from '../support/arbitrary-expression.js'
import { where } from '../support/where.js'

const parse = (text: string) => {
  const { expression, diagnostics } = parseExpression(text)
  expect(diagnostics).toEqual([])
  return expression
}

describe('printExpression', () => {
  it.each([
    ['Replace( [a],"-" ,,,"_",, )', 'Replace([a], "-", , , "_", , )'],
    ['IIF( [ a ] = "0","x" , )', 'IIF([a]="0", "x", )'],
    ['Now ( )', 'Now()'],
    ['F(,)', 'F(, )'],
    ['[a]&[b]&"c"', '[a] & [b] & "c"'],
    ['[a] & "b" <> &HF', '[a] & "b"<>&HF'],
    ['"a\\\\b\\"c\\d"', '"a\\\\b\\"c\\\\d"'],
    ['%Domain.FQDN%', '%Domain.FQDN%'],
  ])('writes %s as %s', (text, canonical) => {
    expect(printExpression(parse(text))).toBe(canonical)
  })

  it('writes integers bare where the parameter takes one, and between quotes where only text counts', () => {
    const isIntegerParameter = integerParametersOf(standardLibrary)
    const print = (text: string) => printExpression(parse(text), { isIntegerParameter })
    expect(print('Left("12", "12")')).toBe('Left("12", 12)')
    expect(print('Left(12, 12)')).toBe('Left("12", 12)')
    expect(print('Left([a], "007")')).toBe('Left([a], "007")')
    expect(print('Left([a], "many")')).toBe('Left([a], "many")')
    expect(print('Left([a], -3)')).toBe('Left([a], -3)')
    expect(print('[a] & -3')).toBe('[a] & "-3"')
    expect(print('Switch(1, &HF, 2, 3, "4", "5")')).toBe('Switch("1", &HF, "2", 3, "4", "5")')
    expect(print('Join(1, 2, [a])')).toBe('Join("1", "2", [a])')
  })

  it.each([
    ['IIF(1, "a", "b")', 'IIF(1, "a", "b")'],
    ['IIF(Coalesce([a], 1), "a", "b")', 'IIF(Coalesce([a], 1), "a", "b")'],
    ['IIF(Count([a])=0, 1, "2")', 'IIF(Count([a])="0", 1, "2")'],
    ['CBool( 0 )', 'CBool(0)'],
    ['OfOnesOwn(1,"1")', 'OfOnesOwn(1, "1")'],
    ['7', '7'],
  ])('leaves integers alone where their kind counts: %s', (text, canonical) => {
    const isIntegerParameter = integerParametersOf(standardLibrary)
    expect(printExpression(parse(text), { isIntegerParameter })).toBe(canonical)
    expect(prettyExpression(parse(text), { isIntegerParameter })).toBe(canonical)
  })

  it('is read back as the same tree', () => {
    fc.assert(
      fc.property(arbitraryExpression, (expression) => {
        const text = printExpression(expression)
        const back = parse(text)
        expect(sameSyntax(back, expression)).toBe(true)
        expect(printExpression(back)).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  it('means the same with any white space between its tokens', () => {
    fc.assert(
      fc.property(
        arbitraryExpression,
        fc.array(arbitraryWhiteSpace, { minLength: 1 }),
        (expression, blanks) => {
          const parts = tokenize(printExpression(expression)).map(({ kind, text }, i) => {
            // A blank keeps & and a following H… apart; elsewhere none is needed.
            const needed = kind === 'Ampersand' ? ' ' : ''
            return text + needed + blanks[i % blanks.length]!
          })
          expect(sameSyntax(parse(blanks[0]! + parts.join('')), expression)).toBe(true)
        },
      ),
    )
  })
})

describe('prettyExpression', () => {
  it('keeps what fits on one line', () => {
    expect(prettyExpression(parse('Join( ", ",[a],[b])'))).toBe('Join(", ", [a], [b])')
  })

  it('keeps the keys of Switch beside their values, and blanks on the line before', () => {
    const text =
      'Switch([c], "Other", "SE", "Sweden", "NO", Replace([x], "-", , , "_", , ), "DK", IIF([a]="b", "c", ))'
    expect(prettyExpression(parse(text), { width: 30 })).toMatchInlineSnapshot(`
      "Switch(
        [c],
        "Other",
        "SE", "Sweden",
        "NO", Replace(
          [x],
          "-", , ,
          "_", ,
        ),
        "DK", IIF([a]="b", "c", )
      )"
    `)
  })

  it('breaks concatenations before &, and comparisons inside their operands', () => {
    const text = 'IIF(Join("-", [first], [second], [third]) = [d], [givenName] & " " & [surname], "x")'
    expect(prettyExpression(parse(text), { width: 24 })).toMatchInlineSnapshot(`
      "IIF(
        Join(
          "-",
          [first],
          [second],
          [third]
        ) = [d],
        [givenName] & " "
          & [surname],
        "x"
      )"
    `)
  })

  it('stays within the width where every argument fits a line', () => {
    const pairs = Array.from({ length: 40 }, (_, i) => `"K${i}", "value ${i}"`)
    const text = `Trim(Switch([country], , ${pairs.join(', ')}))`
    const lines = prettyExpression(parse(text), { width: 40 }).split('\n')
    expect(lines.length).toBe(45)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40)
  })

  it('is read back as the same tree at any width', () => {
    fc.assert(
      fc.property(arbitraryExpression, fc.integer({ min: 1, max: 120 }), (expression, width) => {
        expect(sameSyntax(parse(prettyExpression(expression, { width })), expression)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('walking and comparing', () => {
  it('gives the children with blanks, and visits outermost first', () => {
    const tree = parse('F([a] & "b", , G() = 1)')
    expect(childrenOf(tree).map((child) => child.type)).toEqual([
      'Concatenation',
      'OmittedArgument',
      'Comparison',
    ])
    const seen: string[] = []
    visit(tree, (node) => {
      seen.push(node.type)
      return node.type !== 'Comparison'
    })
    expect(seen).toEqual([
      'FunctionCall',
      'Concatenation',
      'AttributeReference',
      'StringLiteral',
      'OmittedArgument',
      'Comparison',
    ])
  })

  it.each([
    ['[a]', '[b]'],
    ['"a"', '[a]'],
    ['F()', 'F(,)'],
    ['1', '&H1'],
    ['[a]=1', '[a]<>1'],
    ['F(G)', 'F(G())'],
  ])('tells %s from %s', (a, b) => {
    expect(sameSyntax(parse(a), parse(b))).toBe(false)
    expect(sameSyntax(parse(a), parse(` ${a} `))).toBe(true)
  })
})

const schema = new URL('../../../shared/samples/cloudsync-ad2entra.schema.json', import.meta.url)

where(existsSync(schema), describe)('a real schema, when present', () => {
  it('prints every expression back as it is stored', () => {
    const texts = new Set<string>()
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, member] of Object.entries(value)) {
        if (key === 'expression' && typeof member === 'string') texts.add(member)
        else collect(member)
      }
    }
    collect(JSON.parse(readFileSync(schema, 'utf8')))
    expect(texts.size).toBeGreaterThan(200)
    for (const text of texts) expect(printExpression(parse(text))).toBe(text)
  })
})
