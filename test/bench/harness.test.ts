import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributes } from '../../bench/baseline/hand.js'
import { cases, selectCases } from '../../bench/cases.js'
import { chartOf } from '../../bench/figures/chart.js'
import { type Figure, markdownTable } from '../../bench/figures/table.js'
import { estimate, medianOf } from '../../bench/harness/statistics.js'
import { readOptions } from '../../bench/options.js'
import { library } from '../../bench/peers/library.js'
import { benchExpressions } from '../../bench/workload/expressions.js'
import { full } from '../../bench/workload/mapping.js'
import { generateUsers } from '../../bench/workload/users.js'
import { compileExpression } from '../../src/expression/compile.js'
import type { Argument } from '../../src/syntax/ast.js'
import { parseExpression } from '../../src/syntax/parser.js'

const rounds = fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: 1, maxLength: 30 })

describe('the statistics', () => {
  it('take the median', () => {
    expect(medianOf([3, 1, 2])).toBe(2)
    expect(medianOf([4, 1, 2, 3])).toBe(2.5)
  })

  it('hold the median in an interval within the rounds', () => {
    fc.assert(
      fc.property(rounds, (values) => {
        const { median, low, high } = estimate(values)
        expect(low).toBeLessThanOrEqual(median)
        expect(high).toBeGreaterThanOrEqual(median)
        expect(low).toBeGreaterThanOrEqual(Math.min(...values))
        expect(high).toBeLessThanOrEqual(Math.max(...values))
      }),
      { numRuns: 20 },
    )
  })

  it('refuse to estimate from nothing', () => {
    expect(() => estimate([])).toThrow(RangeError)
  })
})

describe('the cases', () => {
  it('are selected by engine, workload or both', () => {
    const ofEngine = selectCases(['codegen'])
    expect(ofEngine.length).toBeGreaterThan(1)
    expect(ofEngine.every(({ engine }) => engine === 'codegen')).toBe(true)
    expect(selectCases(['closures/simple'])).toHaveLength(1)
    expect(selectCases(['nothing'])).toEqual([])
    expect(selectCases(undefined)).toBe(cases)
  })

  it('write the documentation after complete runs only', () => {
    expect(readOptions([]).complete).toBe(true)
    for (const args of [['--quick'], ['--only', 'full'], ['--against', 'HEAD'], ['--rounds', '3']]) {
      expect(readOptions(args).complete, args.join(' ')).toBe(false)
    }
    expect(() => readOptions(['--rounds', 'many'])).toThrow('many')
  })
})

describe('the expressions that are compiled', () => {
  const texts = benchExpressions()

  it('are a thousand different ones without a finding', () => {
    expect(new Set(texts).size).toBe(1000)
    for (const text of texts) expect(compileExpression(text).diagnostics).toEqual([])
  })
})

describe('the functions that other engines get', () => {
  it.each(Object.entries(full.attributes))('compute %s as the baseline does', (target, text) => {
    const { expression } = parseExpression(text)
    const users = generateUsers(500)
    expect(users).toHaveLength(500)
    for (const user of users) {
      const evaluate = (node: Argument): unknown => {
        switch (node.type) {
          case 'StringLiteral':
            return node.value
          case 'IntegerLiteral':
            return Number(node.value)
          case 'AttributeReference':
            return user[node.name as keyof typeof user]
          case 'OmittedArgument':
            return null
          case 'Comparison':
            return evaluate(node.left) === evaluate(node.right)
          case 'FunctionCall':
            return node.name === 'IIF'
              ? evaluate(node.arguments[evaluate(node.arguments[0]!) === true ? 1 : 2]!)
              : library[node.name]!(...(node.arguments.map(evaluate) as never[]))
          default:
            throw new Error(node.type)
        }
      }
      expect(evaluate(expression)).toEqual(attributes[target]!(user))
    }
  })
})

describe('the report', () => {
  const figures: readonly Figure[] = [
    { engine: 'codegen', what: 'full', unit: '× hand', value: 0.8, goal: 0.85 },
    { engine: 'a<b>', what: 'full', unit: '× hand', value: 12, estimate: estimate([11, 12, 13]), goal: 2 },
  ]

  it('says whether goals are met', () => {
    const [, , met, missed] = markdownTable(figures).split('\n')
    expect(met).toContain('≤ 0.85 ✓')
    expect(missed).toContain('≤ 2 ✗')
  })

  it('draws a bar for every engine, and escapes their names', () => {
    const svg = chartOf(figures, 'Time')
    expect(svg.match(/<rect /g)).toHaveLength(2)
    expect(svg).not.toContain('a<b>')
  })
})
