import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/compile.js'
import type { Verdict } from '../../src/filter/explain.js'
import { filterOperators, findOperator, knownOperators } from '../../src/filter/operators.js'
import { operatorBehaviours } from '../../src/filter/runtime/prepare-clause.js'
import type { NullPolicy } from '../../src/values/settings.js'
import type { Value } from '../../src/values/value.js'
import { clause, filterOf, group } from './filters.js'

const verdictOf = (
  operator: string,
  value: Value,
  operands: readonly string[] = [],
  policy: NullPolicy = 'documented',
): Verdict =>
  compileFilter(filterOf(group('g', clause('x', operator, ...operands))), {
    settings: { nullPolicy: { groups: policy } },
  }).evaluate({ x: value }).verdict

describe.each(filterOperators.map((operator) => [operator.name, operator] as const))(
  '%s',
  (name, operator) => {
    it('has examples, and every one gives its verdict under both null policies', () => {
      expect(operator.examples.length).toBeGreaterThanOrEqual(3)
      for (const { value, operands, verdict } of operator.examples) {
        for (const policy of ['documented', 'complement'] as const) {
          const expected = typeof verdict === 'object' ? verdict[policy] : verdict
          expect([policy, value, verdictOf(name, value, operands, policy)]).toEqual([policy, value, expected])
        }
      }
    })

    it('shows in its examples what it makes of a missing value, and both verdicts', () => {
      expect(operator.examples.some(({ value }) => value === null || value === '')).toBe(true)
      const verdicts = operator.examples.map(({ verdict }) => (typeof verdict === 'object' ? true : verdict))
      expect(verdicts).toEqual(expect.arrayContaining([true, false]))
    })

    it('agrees with its behaviour, and a negative one with the one it negates', () => {
      expect(operatorBehaviours.get(name)).toBe(operator.behaviour)
      expect(operator.negates === undefined).toBe(operator.polarity === 'positive')
      if (operator.negates === undefined) return
      const positive = findOperator(operator.negates)
      expect(positive).toMatchObject({ supported: true, polarity: 'positive', arity: operator.arity })
      // IS FALSE alone asks more than the complement of its positive form.
      const isComplement = operator.behaviour.documentedTest === undefined
      if (isComplement) expect(positive).toMatchObject({ words: [...operator.words].reverse() })
      expect(isComplement).toBe(name !== 'IS FALSE')
    })

    it('has a source for each note', () => {
      for (const note of operator.notes) expect(note.source.length).toBeGreaterThan(10)
    })
  },
)

describe('operator names', () => {
  it('are the ones Graph and the portal use', () => {
    expect(knownOperators.map(({ name }) => name).sort()).toEqual(
      [
        '!&',
        '&',
        'ENDS_WITH',
        'EQUALS',
        'Greater_Than',
        'Greater_Than_OR_EQUALS',
        'INCLUDES',
        'IS FALSE',
        'IS NOT NULL',
        'IS NULL',
        'IS TRUE',
        'IsMemberOf',
        'NOT EQUALS',
        'NOT REGEX MATCH',
        'PRESENT',
        'REGEX MATCH',
        'VALID CERT MATCH',
      ].sort(),
    )
  })

  it.each([
    ['equals', 'EQUALS'],
    ['not_equals', 'NOT EQUALS'],
    ['NotEquals', 'NOT EQUALS'],
    ['IS_NOT_NULL', 'IS NOT NULL'],
    ['isnull', 'IS NULL'],
    ['Not  Regex Match', 'NOT REGEX MATCH'],
    ['ends with', 'ENDS_WITH'],
    ['GREATER THAN OR EQUALS', 'Greater_Than_OR_EQUALS'],
    ['Includes', 'INCLUDES'],
    ['is member of', 'IsMemberOf'],
  ])('%s is %s', (written, name) => {
    expect(findOperator(written)?.name).toBe(name)
  })

  it('never run into each other', () => {
    for (const operator of knownOperators) expect(findOperator(operator.name)).toBe(operator)
  })

  it.each(['', 'constructor', '__proto__', 'EQUALS!', 'IS', 'CONTAINS', 'In'])('%j is none', (name) => {
    expect(findOperator(name)).toBeUndefined()
  })
})

// One row for each operator of the portal's list, on values of the types it is documented for.
describe('the operator table', () => {
  it.each<[operator: string, value: Value, operands: string[], verdict: Verdict]>([
    ['EQUALS', 'Oslo', ['Oslo'], true],
    ['EQUALS', 'Oslo', ['oslo'], false],
    ['EQUALS', 42, ['42'], true],
    ['EQUALS', true, ['True'], true],
    ['EQUALS', true, ['true'], false],
    ['NOT EQUALS', 'Oslo', ['oslo'], true],
    ['NOT EQUALS', 42, ['42'], false],
    ['IS TRUE', 'true', [], true],
    ['IS TRUE', 1, [], false],
    ['IS FALSE', 'FALSE', [], true],
    ['IS FALSE', 0, [], false],
    ['IS NULL', 0, [], false],
    ['IS NOT NULL', 0, [], true],
    ['REGEX MATCH', 'x-MSOL-y', ['MSOL'], true],
    ['REGEX MATCH', 'x-msol-y', ['MSOL'], false],
    ['REGEX MATCH', 2024, ['^20'], true],
    ['REGEX MATCH', 'CAS_{4}', ['^CAS_([^{]*){'], true],
    ['NOT REGEX MATCH', 'SystemMailbox{1}', ['^SystemMailbox{'], false],
    ['&', 6, ['4'], true],
    ['&', '6', ['1'], false],
    ['&', -2147483640, ['-2147483648'], true],
    ['&', 9223372036854775807n, ['4611686018427387904'], true],
    ['&', 9223372036854775808n, ['1'], 'error'],
    ['&', 1.5, ['1'], 'error'],
    ['!&', 1073741824, ['1082130432'], false],
    ['!&', 128, ['1082130432'], true],
    ['!&', 'many', ['1'], 'error'],
    ['ENDS_WITH', 'Stockholm', ['holm'], true],
    ['ENDS_WITH', 'Stockholm', ['Holm'], false],
    ['ENDS_WITH', 125, ['25'], true],
    ['Greater_Than', 0, ['-1'], true],
    ['Greater_Than', '0010', ['9'], true],
    ['Greater_Than', 18446744073709551617n, ['18446744073709551616'], true],
    ['Greater_Than', true, ['0'], 'error'],
    ['Greater_Than_OR_EQUALS', 18446744073709551616n, ['18446744073709551617'], false],
    ['Greater_Than_OR_EQUALS', 'x', ['1'], 'error'],
    ['INCLUDES', 'Stockholm', ['kho'], true],
    ['INCLUDES', 'Stockholm', ['KHO'], false],
  ])('%s on %o with %o is %s', (operator, value, operands, verdict) => {
    expect(verdictOf(operator, value, operands)).toBe(verdict)
  })

  it.each(['EQUALS', 'NOT EQUALS', 'REGEX MATCH', 'ENDS_WITH', 'INCLUDES'])(
    '%s fails on a value without text, and names clause and value',
    (operator) => {
      const compiled = compileFilter(filterOf(group('g', clause('manager', operator, 'x'))))
      const { verdict, diagnostics } = compiled.evaluate({ manager: { id: '7' } })
      expect(verdict).toBe('error')
      expect(diagnostics).toMatchObject([
        {
          code: 'AF5020',
          message: `The filter clause manager ${operator} x cannot read an object as text.`,
          calls: ['g', `manager ${operator} x`],
        },
      ])
    },
  )

  it('refuses what nobody can evaluate, and says what to do', () => {
    for (const [operator, operands] of [
      ['IsMemberOf', ['Sales']],
      ['PRESENT', []],
      ['VALID CERT MATCH', ['x']],
    ] as const) {
      const compiled = compileFilter(filterOf(group('g', clause('x', operator, ...operands))))
      expect(compiled.diagnostics).toMatchObject([
        { code: 'AF4501', severity: 'error', path: '$.groups[0].clauses[0].operatorName' },
      ])
      expect(compiled.diagnostics[0]?.hint).toBeTruthy()
      expect(compiled.evaluate({ x: 'Sales' }).verdict).toBe('error')
    }
  })
})

describe('several operands', () => {
  it.each<[operator: string, value: Value, operands: string[], verdict: Verdict]>([
    ['EQUALS', 'b', ['a', 'b'], true],
    ['EQUALS', 'c', ['a', 'b'], false],
    ['NOT EQUALS', 'b', ['a', 'b'], false],
    ['NOT EQUALS', 'c', ['a', 'b'], true],
    ['REGEX MATCH', 'north', ['^s', '^n'], true],
    ['!&', 4, ['1', '4'], false],
    ['Greater_Than', 6, ['10', '5'], true],
  ])(
    '%s on %o with %o is %s: any for positive operators, none for negative ones',
    (operator, value, operands, verdict) => {
      expect(verdictOf(operator, value, operands)).toBe(verdict)
    },
  )
})

describe('several values', () => {
  const verdictWith = (
    multivaluedComparison: 'byOperator' | 'any' | 'all',
    operator: string,
    value: Value,
    policy: NullPolicy = 'documented',
  ): Verdict =>
    compileFilter(filterOf(group('g', clause('x', operator, 'a'))), {
      settings: { multivaluedComparison, nullPolicy: { groups: policy } },
    }).evaluate({ x: value }).verdict

  it('need any for a positive operator and all for a negative one', () => {
    expect(verdictWith('byOperator', 'EQUALS', ['a', 'b'])).toBe(true)
    expect(verdictWith('byOperator', 'NOT EQUALS', ['a', 'b'])).toBe(false)
    expect(verdictWith('byOperator', 'NOT EQUALS', ['b', 'c'])).toBe(true)
  })

  it('follow the setting', () => {
    expect(verdictWith('all', 'EQUALS', ['a', 'b'])).toBe(false)
    expect(verdictWith('any', 'NOT EQUALS', ['a', 'b'])).toBe(true)
  })

  it('are null when there are none, empty ones left out', () => {
    for (const value of [[], [''], [null, '']]) {
      expect(verdictWith('byOperator', 'NOT EQUALS', value)).toBe(false)
      expect(verdictWith('byOperator', 'NOT EQUALS', value, 'complement')).toBe(true)
      expect(verdictWith('all', 'EQUALS', value)).toBe(false)
    }
  })

  it('fail only when a failing value could decide', () => {
    expect(verdictOf('Greater_Than', ['x', 9], ['5'])).toBe(true)
    expect(verdictOf('Greater_Than', ['x', 3], ['5'])).toBe('error')
  })
})
