import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateTime } from '../../src/dotnet/dates/index.js'
import { type Comparator, compareValues, switchMatches } from '../../src/values/compare.js'
import { Fault } from '../../src/values/fault.js'
import type { Value } from '../../src/values/value.js'

const day = (text: string): DateTime => DateTime.fromIso(text)

/** The operators that hold, in the order of this list. */
const operators: readonly Comparator[] = ['=', '<>', '<', '<=', '>', '>=']
const less = ['<>', '<', '<=']
const greater = ['<>', '>', '>=']
const same = ['=', '<=', '>=']
const none: string[] = []

const holding = (left: Value, right: Value, absent: 'fails' | 'empty' = 'fails'): string[] =>
  operators.filter((operator) => compareValues(operator, left, right, absent, ''))

const codeOf = (action: () => unknown): string => {
  try {
    action()
    return 'none'
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.code
    throw thrown
  }
}

describe('comparing', () => {
  it.each<[string, Value, Value, string[]]>([
    ['equal texts', 'a', 'a', same],
    ['texts by code unit, not by culture', 'B', 'a', less],
    ['texts with their case', 'a', 'A', greater],
    ['a prefix', 'ab', 'abc', less],
    ['integers', 2, 10, less],
    ['integers in text', '2', '10', less],
    ['an integer and one in text', 10, '2', greater],
    ['integers beyond 2^53', 9007199254740993n, '9007199254740992', greater],
    ['equal integers', 7, '7', same],
    ['a Boolean by its text', true, 'True', same],
    ['a Boolean and another case', true, 'true', less],
    ['a decimal by its text', 1.5, '1.5', same],
    ['decimals as text', 10.5, 9.5, less],
    ['a number and text that is none', 5, 'x', less],
    ['two dates', day('2024-02-29T00:00:00Z'), day('2024-03-01T00:00:00Z'), less],
    [
      'dates that differ by a tick',
      day('2024-02-29T00:00:00.0000001Z'),
      day('2024-02-29T00:00:00Z'),
      greater,
    ],
    ['a date and its text', day('2020-03-16T07:00:00Z'), '3/16/2020 7:00:00 AM', same],
  ])('%s', (_, left, right, expected) => {
    expect(holding(left, right)).toEqual(expected)
  })

  it('sees text in = and integers in <=', () => {
    expect(holding('01', 1)).toEqual(['<>', '<=', '>='])
    expect(holding('+1', '1')).toEqual(['<>', '<=', '>='])
  })

  it.each<Value>([null, ''])('fails for %j on either side, whatever the operator', (absent) => {
    for (const other of ['a', '', null, 0, false] as const) {
      expect(holding(absent, other)).toEqual(none)
      expect(holding(other, absent)).toEqual(none)
    }
  })

  it('takes null for "" when lenient', () => {
    expect(holding(null, '', 'empty')).toEqual(same)
    expect(holding(null, null, 'empty')).toEqual(same)
    expect(holding(null, 'a', 'empty')).toEqual(less)
    expect(holding('a', '', 'empty')).toEqual(greater)
  })

  it('means a literal ""', () => {
    const with_ = (left: Value, right: Value, literal: 'left' | 'right' | 'both'): string[] =>
      operators.filter((operator) => compareValues(operator, left, right, 'fails', literal))
    expect(with_('a', '', 'right')).toEqual(greater)
    expect(with_('', 'a', 'left')).toEqual(less)
    expect(with_('', '', 'both')).toEqual(same)
    // The other operand is still absent.
    expect(with_(null, '', 'right')).toEqual(none)
    expect(with_('', '', 'right')).toEqual(none)
  })

  it('fails to evaluate for a list, and for an object', () => {
    for (const operator of operators) {
      expect(codeOf(() => compareValues(operator, ['a'], 'a', 'fails', ''))).toBe('AF5003')
      expect(codeOf(() => compareValues(operator, null, [], 'fails', ''))).toBe('AF5003')
      expect(codeOf(() => compareValues(operator, {}, 'a', 'fails', ''))).toBe('AF5008')
    }
  })

  it('negates and mirrors', () => {
    const scalar = fc.oneof(
      fc.string({ minLength: 1, maxLength: 3 }),
      fc.integer(),
      fc.bigInt().map(String),
      fc.boolean(),
      fc.constantFrom(day('2024-02-29T00:00:00Z'), day('2024-02-29T00:00:01Z')),
    )
    fc.assert(
      fc.property(scalar, scalar, (a, b) => {
        const is = (operator: Comparator, x: Value, y: Value): boolean =>
          compareValues(operator, x, y, 'fails', '')
        expect(is('<>', a, b)).toBe(!is('=', a, b))
        expect(is('=', a, b)).toBe(is('=', b, a))
        expect(is('<', a, b)).toBe(is('>', b, a))
        expect(is('<=', a, b)).toBe(!is('>', a, b))
        expect(is('>=', a, b)).toBe(!is('<', a, b))
      }),
    )
  })
})

describe('a key of Switch', () => {
  it.each<[Value, Value, boolean]>([
    ['a', 'a', true],
    ['a', 'A', false],
    ['a', ' a', false],
    [true, 'True', true],
    [1, '1', true],
    [1, '01', false],
    [null, '', true],
    ['', null, true],
    [null, ' ', false],
  ])('%j and %j: %s', (source, key, matches) => {
    expect(switchMatches(source, key)).toBe(matches)
  })

  it('is no list', () => {
    expect(codeOf(() => switchMatches(['a'], 'a'))).toBe('AF5003')
    expect(codeOf(() => switchMatches('a', []))).toBe('AF5003')
  })
})
