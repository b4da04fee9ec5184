import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { call, callIn, faultOf, testContext } from './bodies.js'

describe('Count', () => {
  it.each([
    [null, 0],
    [[], 0],
    ['', 1],
    ['a', 1],
    [['a', null], 2],
  ])('of %o is %o', (value, expected) => expect(call('Count', value)).toBe(expected))
})

describe('Item', () => {
  it('counts from 1', () => {
    expect(call('Item', ['a', 'b'], 1)).toBe('a')
    expect(call('Item', ['a', 'b'], 2)).toBe('b')
  })
  it('takes a single value for a list of one', () => {
    expect(call('Item', 'a', 1)).toBe('a')
    expect(faultOf(() => call('Item', 'a', 2))).toBe('AF5002')
  })
  it('refuses a position that does not exist', () => {
    for (const index of [0, 3, -1, 10n ** 20n]) {
      expect(faultOf(() => call('Item', ['a', 'b'], index))).toBe('AF5002')
    }
    expect(faultOf(() => call('Item', [], 1))).toBe('AF5002')
  })
})

describe('Contains', () => {
  it.each([
    [['smtp:a', 'SMTP:b'], 'SMTP:', 2],
    [['a', 'b'], 'c', 0],
    [[null, 'abc'], 'b', 2],
    [[], 'a', 0],
    ['abc', 'b', 1],
    [[12], '2', 1],
  ])('of %o and %o is %o', (values, searched, expected) => {
    expect(call('Contains', values, searched)).toBe(expected)
  })
})

describe('RemoveDuplicates', () => {
  it('keeps the first of equal values, ordinal', () => {
    expect(call('RemoveDuplicates', ['a', 'A', 'a', 'b'])).toEqual(['a', 'A', 'b'])
    expect(call('RemoveDuplicates', [1, '1', true, 'True'])).toEqual([1, true])
    expect(call('RemoveDuplicates', [{ a: 1 }, { a: 1 }, { a: 2 }])).toEqual([{ a: 1 }, { a: 2 }])
  })
  it('leaves a single value', () => {
    expect(call('RemoveDuplicates', 'a')).toBe('a')
  })
  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', null)), (values) => {
        const once = call('RemoveDuplicates', values)
        expect(call('RemoveDuplicates', once)).toEqual(once)
        expect(new Set(once as string[])).toEqual(new Set(values))
      }),
    )
  })
})

describe('Split', () => {
  it('trims the parts', () => {
    expect(call('Split', 'a, b ,c', ',')).toEqual(['a', 'b', 'c'])
  })
  it('keeps them when told to', () => {
    const context = testContext()
    const keeping = { ...context, settings: { ...context.settings, splitTrims: false } }
    expect(callIn(keeping, 'Split', 'a, b ,c', ',')).toEqual(['a', ' b ', 'c'])
  })
  it('takes a delimiter of any length, and keeps empty parts', () => {
    expect(call('Split', 'a--b----c', '--')).toEqual(['a', 'b', '', 'c'])
  })
  it('gives an empty list for ""', () => {
    expect(call('Split', '', ',')).toEqual([])
  })
  it('refuses an empty delimiter', () => {
    expect(faultOf(() => call('Split', 'a', ''))).toBe('AF5013')
  })
  it('splits the values of a list into one list', () => {
    expect(call('Split', ['a,b', null, 'c'], ',')).toEqual(['a', 'b', 'c'])
  })
  it('gives as many parts as there are delimiters, and one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab;]{1,20}$/), (text) => {
        expect(call('Split', text, ';')).toHaveLength((text.match(/;/g) ?? []).length + 1)
      }),
    )
  })
})
