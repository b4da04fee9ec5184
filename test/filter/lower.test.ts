import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/compile.js'
import { lowerFilter } from '../../src/filter/lower.js'
import type { ClauseSpec } from '../../src/filter/runtime/clause.js'
import { patternClause } from '../../src/filter/runtime/pattern-clause.js'
import { createInputTable } from '../../src/ir/inputs.js'
import { NodeKeys } from '../../src/ir/key.js'
import type { IrNode } from '../../src/ir/node.js'
import { optimise } from '../../src/ir/passes/index.js'
import { planUnit } from '../../src/plan/plan.js'
import type { FilterClause } from '../../src/schema/model.js'
import { readSchema } from '../../src/schema/read.js'
import { createContext } from '../../src/values/context.js'
import { EvaluationError } from '../../src/values/fault.js'
import { defaultSettings } from '../../src/values/settings.js'
import { clause, filterOf, filters, group, records } from './filters.js'

const diagnosticsOf = (...clauses: FilterClause[]) =>
  compileFilter(filterOf(group('g', ...clauses))).diagnostics

describe('lowering a filter', () => {
  it('makes one node for each set that has groups, and one input for each attribute', () => {
    const inputs = createInputTable()
    const filter = {
      ...filterOf(
        group('a', clause('x', 'IS NULL'), clause('y', 'IS NULL')),
        group('b', clause('x', 'IS TRUE')),
      ),
      categoryFilterGroups: [group('c', clause('y', 'IS NULL'))],
    }
    const { sets, diagnostics } = lowerFilter(filter, { settings: defaultSettings, inputs, path: 'scope' })
    expect(diagnostics).toEqual([])
    expect(Object.keys(sets).sort()).toEqual(['categoryFilterGroups', 'groups'])
    expect(
      inputs
        .inputs()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['x', 'y'])
    expect(sets.groups).toMatchObject({
      op: 'logic',
      kind: 'or',
      operands: [
        { op: 'logic', kind: 'and' },
        { op: 'call', callee: { name: 'IS TRUE' } },
      ],
    })
    expect(sets.categoryFilterGroups).toMatchObject({ op: 'call', site: { calls: ['c', 'y IS NULL'] } })
  })

  it('prepares clauses that say the same once, as plain JSON that can be prepared again', () => {
    const same = clause('x', 'REGEX MATCH', '^a')
    const filter = filterOf(
      group('a', same),
      group('b', { ...same }),
      group('c', clause('y', 'REGEX MATCH', '^a')),
    )
    const { sets } = lowerFilter(filter, { settings: defaultSettings, inputs: createInputTable(), path: '' })
    const calls = (sets.groups as Extract<IrNode, { op: 'logic' }>).operands as Extract<
      IrNode,
      { op: 'call' }
    >[]
    const [first, second, third] = calls.map(({ callee }) => callee)
    expect(first?.evaluate).toBe(second?.evaluate)
    expect(first?.evaluate).not.toBe(third?.evaluate)
    const [spec] = first!.made!.constants as [ClauseSpec]
    const again = patternClause(JSON.parse(JSON.stringify(spec)))
    expect([again('ab'), again('ba'), again(null)]).toEqual([true, false, false])
    expect(() => patternClause({ ...spec, operands: ['('] })).toThrow(TypeError)
    const keys = new NodeKeys()
    expect(keys.keyOf(calls[0]!)).toBe(keys.keyOf(calls[1]!))
    expect(keys.keyOf(calls[0]!)).not.toBe(keys.keyOf(calls[2]!))
    expect(spec).toEqual({
      operator: 'REGEX MATCH',
      operands: ['^a'],
      nullPolicy: 'documented',
      multivaluedComparison: 'byOperator',
      regexSteps: defaultSettings.limits.regexSteps,
      text: 'x REGEX MATCH ^a',
    })
  })

  it('means the same after the passes', () => {
    fc.assert(
      fc.property(filters, records, (filter, record) => {
        const inputs = createInputTable()
        const { sets } = lowerFilter(filter, { settings: defaultSettings, inputs, path: '' })
        const roots = Object.entries(sets).map(([name, node]) => ({ name, node }))
        const unit = { inputs: inputs.inputs(), shared: [], guard: undefined, roots }
        const plan = planUnit(optimise(unit))
        const frame = plan.open(record, createContext())
        const found = plan.roots
          .map((root) => root(frame))
          .map((v) => (v instanceof EvaluationError ? 'error' : v))
        const expected = compileFilter(filter).evaluate(record).sets
        expect(Object.fromEntries(roots.map(({ name }, index) => [name, found[index]]))).toEqual(expected)
      }),
    )
  })

  it('lets a group without clauses pass', () => {
    expect(compileFilter(filterOf(group('empty'))).evaluate({}).verdict).toBe(true)
  })
})

describe('the findings about a filter', () => {
  it.each<[string, FilterClause, string, string]>([
    ['an unknown operator', clause('x', 'RESEMBLES', 'a'), 'AF4500', 'operatorName'],
    ['no operator', clause('x', '', 'a'), 'AF4500', 'operatorName'],
    ['a refused operator', clause('x', 'Is_Member_Of', 'a'), 'AF4501', 'operatorName'],
    ['a missing operand', clause('x', 'EQUALS'), 'AF4502', 'targetOperand'],
    [
      'an empty list of operands',
      { ...clause('x', '&'), targetOperand: { values: [] } },
      'AF4502',
      'targetOperand',
    ],
    ['no integer', clause('x', 'Greater_Than', '5', '1.5'), 'AF4504', 'targetOperand.values[1]'],
    ['no integer', clause('x', 'Greater_Than_OR_EQUALS', ''), 'AF4504', 'targetOperand.values[0]'],
    ['no mask', clause('x', '&', '0xFF'), 'AF4504', 'targetOperand.values[0]'],
    ['a mask beyond 64 bits', clause('x', '!&', '9223372036854775808'), 'AF4504', 'targetOperand.values[0]'],
    ['an invalid pattern', clause('x', 'REGEX MATCH', '(a'), 'AF3009', 'targetOperand.values[0]'],
    ['no attribute', clause('', 'IS NULL'), 'AF4505', 'sourceOperandName'],
  ])('%s is an error at its place, and fails for every object', (_what, faulty, code, member) => {
    const compiled = compileFilter(filterOf(group('g', clause('y', 'IS NULL'), faulty)), { path: '$.scope' })
    expect(compiled.diagnostics).toMatchObject([
      { code, severity: 'error', path: `$.scope.groups[0].clauses[1].${member}` },
    ])
    const { verdict, diagnostics } = compiled.evaluate({ x: 'a' })
    expect(verdict).toBe('error')
    expect(diagnostics).toMatchObject([{ code }])
    expect(compiled.evaluate({ y: 'here' }).verdict).toBe(false)
  })

  it('a value for an operator that takes none is a warning, and ignored', () => {
    expect(diagnosticsOf(clause('x', 'IS NULL', 'a'))).toMatchObject([
      { code: 'AF4503', severity: 'warning' },
    ])
    expect(compileFilter(filterOf(group('g', clause('x', 'IS NULL', 'a')))).evaluate({}).verdict).toBe(true)
    expect(diagnosticsOf(clause('x', 'IS NULL', ''))).toEqual([])
  })

  it.each([
    ['CONTAINS', 'Use INCLUDES.'],
    ['starts with', 'Use REGEX MATCH with ^ before the text.'],
    ['REGEX MATHC', 'Did you mean REGEX MATCH?'],
    ['Less_Than', 'Use REGEX MATCH with an anchored pattern of digits: there is no such comparison.'],
  ])('the hint for %s', (operator, hint) => {
    expect(diagnosticsOf(clause('x', operator, 'a'))[0]?.hint).toBe(hint)
  })

  it('point into the file a filter was read from', () => {
    const json = `{"synchronizationRules": [{"objectMappings": [{"scope": {"groups": [{"clauses": [
      {"sourceOperandName": "x", "operatorName": "RESEMBLES", "targetOperand": null}]}]}}]}]}`
    const { schema } = readSchema(json)
    const { scope } = schema!.synchronizationRules[0]!.objectMappings[0]!
    const [found] = compileFilter(scope).diagnostics
    expect(json.slice(found!.span.start, found!.span.end)).toMatch(/^\{"sourceOperandName": "x".*null\}$/)
  })
})
