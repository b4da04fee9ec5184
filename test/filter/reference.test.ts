import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filterOperators, knownOperators } from '../../src/filter/operators.js'
import { renderOperator, renderOperatorList, renderOperatorPage } from '../../src/filter/reference.js'
import { filterOperatorSchemas } from '../../src/graph/filter-operators.js'

describe('Graph’s list of operators', () => {
  it('has the eight that Graph publishes', () => {
    const text = ['Integer', 'String']
    const every = ['Integer', 'String', 'Binary', 'Boolean'].sort()
    const rows = filterOperatorSchemas().map((row) => [
      row.name,
      row.arity,
      row.multivaluedComparisonType,
      [...row.supportedAttributeTypes].sort(),
    ])
    expect(new Map(rows.map(([name, ...rest]) => [name, rest]))).toEqual(
      new Map([
        ['EQUALS', ['Binary', 'All', text]],
        ['NOT EQUALS', ['Binary', 'All', text]],
        ['IS TRUE', ['Unary', 'All', ['Boolean']]],
        ['IS FALSE', ['Unary', 'All', ['Boolean']]],
        ['IS NULL', ['Unary', 'All', every]],
        ['IS NOT NULL', ['Unary', 'All', every]],
        ['REGEX MATCH', ['Binary', 'All', text]],
        ['NOT REGEX MATCH', ['Binary', 'All', text]],
      ]),
    )
  })

  it('has the others on request', () => {
    const names = filterOperatorSchemas({ unpublished: true }).map(({ name }) => name)
    expect(names).toEqual(filterOperators.map(({ name }) => name))
    expect(names).toHaveLength(14)
  })
})

describe('the operator reference', () => {
  it('lists every operator, within the width of the terminal', () => {
    for (const width of [80, 200]) {
      const list = renderOperatorList(width)
      for (const line of list.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
      const starts = list.split('\n').filter((line) => !line.startsWith(' '))
      expect(starts.map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual(
        knownOperators.map(({ name, arity }) => [name, arity]),
      )
    }
  })

  it('shows one operator in full', () => {
    expect(renderOperator('not_equals')?.split('\n')).toEqual(
      expect.arrayContaining([
        'NOT EQUALS',
        '  Null: false under the documented null policy, true under complement',
        '  Negates: EQUALS',
        '  "Sales" NOT EQUALS Sales  →  false',
        '  null NOT EQUALS Sales  →  false (documented), true (complement)',
      ]),
    )
    expect(renderOperator('PRESENT')).toContain('Instead: Use IS NOT NULL.')
    expect(renderOperator('RESEMBLES')).toBeUndefined()
  })

  it('is what docs/operators.md holds (npm run generate writes it)', () => {
    expect(readFileSync('docs/operators.md', 'utf8')).toBe(renderOperatorPage())
  })

  it('is a page with a section for each operator, and links that lead there', () => {
    const page = renderOperatorPage()
    expect(page.match(/^## /gm)).toHaveLength(knownOperators.length)
    const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id)
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id)
    expect(links).toEqual(anchors)
    expect(new Set(anchors).size).toBe(knownOperators.length)
    for (const { doc } of knownOperators) expect(page).toContain(doc)
  })
})
