import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/compile.js'
import type { ClauseExplanation } from '../../src/filter/explain.js'
import type { Value } from '../../src/values/value.js'
import { clause, filterOf, group, inputFilterOf } from './filters.js'

const only = (
  operator: string,
  operands: readonly string[],
  value: Value,
  input = false,
): ClauseExplanation => {
  const made = (input ? inputFilterOf : filterOf)(group('Team', clause('dept', operator, ...operands)))
  const [set] = Object.values(compileFilter(made).explain({ dept: value }).sets)
  return set!.groups[0]!.clauses[0]!
}

describe('the explanation of a clause', () => {
  it('is what the portal prints, with what it saw', () => {
    expect(only('EQUALS', ['Sales'], 'Sales')).toEqual({
      text: 'Team dept EQUALS Sales',
      sourceOperandName: 'dept',
      operatorName: 'EQUALS',
      operands: ['Sales'],
      value: 'Sales',
      verdict: true,
      reason: '"Sales" equals "Sales"',
    })
  })

  it.each<[operator: string, operands: string[], value: Value, reason: string]>([
    ['EQUALS', ['Sales'], 'sales', '"sales" does not equal "Sales", the case differs'],
    ['EQUALS', ['Sales', 'Legal'], 'Finance', '"Finance" does not equal "Sales" or "Legal"'],
    ['NOT EQUALS', ['Sales'], 'Sales', '"Sales" equals "Sales"'],
    ['NOT EQUALS', ['Sales'], null, 'null: false under the documented null policy'],
    ['EQUALS', ['Sales'], '', 'the empty text counts as null: false under the documented null policy'],
    [
      'REGEX MATCH',
      ['^S'],
      [],
      'a list without values counts as null: false under the documented null policy',
    ],
    ['IS NULL', [], '', 'the empty text counts as null: the attribute has no value'],
    ['IS NOT NULL', [], null, 'null: the attribute has no value'],
    ['IS NOT NULL', [], 5, '5 has a value'],
    ['IS TRUE', [], true, 'True is true'],
    ['EQUALS', ['b'], ['a', 'b'], 'among 2 values, "b" equals "b"'],
    ['EQUALS', ['c'], ['a', '', 'b'], 'each of 2 values does not equal "c"'],
    ['NOT EQUALS', ['b'], ['a', 'b'], 'among 2 values, "b" equals "b"'],
    ['Greater_Than', ['5'], 3, '3 is not greater than "5"'],
  ])('%s %j on %j', (operator, operands, value, reason) => {
    expect(only(operator, operands, value).reason).toBe(reason)
  })

  it('names the null policy of its set', () => {
    expect(only('NOT EQUALS', ['Sales'], null, true)).toMatchObject({
      verdict: true,
      reason: 'null: true under the complement null policy',
    })
  })

  it('says no more of IS FALSE than it asks', () => {
    expect(only('IS FALSE', [], 'no')).toMatchObject({ verdict: false, reason: '"no" is not false' })
    expect(only('IS FALSE', [], 'no', true)).toMatchObject({ verdict: true, reason: '"no" is not true' })
  })

  it('shows values by their text', () => {
    expect(only('IS NOT NULL', [], [1, true, 'x']).value).toEqual(['1', 'True', 'x'])
    expect(only('IS NOT NULL', [], 12345678901234567890n).value).toBe('12345678901234567890')
    expect(only('IS NOT NULL', [], null).value).toBeNull()
  })

  it('carries the error of a clause that failed', () => {
    expect(only('Greater_Than', ['5'], 'many')).toMatchObject({
      verdict: 'error',
      reason: 'The filter clause dept Greater_Than 5 cannot read "many" as an integer.',
      diagnostic: { code: 'AF5020', calls: ['Team', 'dept Greater_Than 5'] },
    })
    expect(only('RESEMBLES', ['5'], 'many')).toMatchObject({
      verdict: 'error',
      diagnostic: { code: 'AF4500', calls: ['Team', 'dept RESEMBLES 5'] },
    })
  })

  it('says which clause exceeded the budget, and on what', () => {
    const filter = filterOf(group('Team', clause('dept', 'REGEX MATCH', '(a+)+$')))
    const compiled = compileFilter(filter, { settings: { limits: { regexSteps: 50 } } })
    const record = { dept: `${'a'.repeat(40)}b${'a'.repeat(30)}b` }
    const { verdict, diagnostics } = compiled.evaluate(record)
    expect(verdict).toBe('error')
    expect(diagnostics).toMatchObject([{ code: 'AF5021', calls: ['Team', 'dept REGEX MATCH (a+)+$'] }])
    expect(compiled.explain(record).verdict).toBe('error')
  })
})

describe('the explanation of a filter', () => {
  const filter = {
    ...filterOf(
      group('Sales', clause('dept', 'EQUALS', 'Sales'), clause('country', 'EQUALS', 'SE')),
      group(null, clause('level', 'Greater_Than', '5')),
    ),
    inputFilterGroups: [group('Active', clause('disabled', 'IS FALSE'))],
  }
  const compiled = compileFilter(filter)

  it('names the group that passes', () => {
    const { verdict, decidedBy, sets, sentence } = compiled.explain({
      dept: 'Sales',
      country: 'SE',
      level: 1,
    })
    expect([verdict, decidedBy]).toEqual([true, undefined])
    expect(sets.groups?.decidedBy?.title).toBe('Sales')
    expect(sentence).toBe(
      'The object passes inputFilterGroups: in group “Active” every clause holds: “disabled IS FALSE”.' +
        ' The object passes groups: in group “Sales” every clause holds: “dept EQUALS Sales”, “country EQUALS SE”.',
    )
  })

  it('names the clause that decides in each group when none passes', () => {
    const { verdict, decidedBy, sentence } = compiled.explain({ dept: 'Sales', country: 'NO', level: 3 })
    expect([verdict, decidedBy?.set]).toEqual([false, 'groups'])
    expect(sentence).toBe(
      'The object does not pass groups: “Sales country EQUALS SE” is false: "NO" does not equal "SE";' +
        ' “group 2 level Greater_Than 5” is false: 3 is not greater than "5".',
    )
  })

  it('names the clause that failed', () => {
    const { verdict, sentence } = compiled.explain({ level: 'high' })
    expect(verdict).toBe('error')
    expect(sentence).toBe(
      'Whether the object passes groups is unknown: “group 2 level Greater_Than 5” failed:' +
        ' The filter clause level Greater_Than 5 cannot read "high" as an integer.',
    )
  })

  it('lets another set decide in spite of a failure', () => {
    const explanation = compiled.explain({ disabled: true, level: 'high' })
    expect(explanation).toMatchObject({ verdict: false, decidedBy: { set: 'inputFilterGroups' } })
  })

  it('says that there is no filter', () => {
    expect(compileFilter(null).explain({})).toEqual({
      verdict: true,
      sets: {},
      decidedBy: undefined,
      sentence: 'There is no filter, so every object passes.',
    })
  })
})
