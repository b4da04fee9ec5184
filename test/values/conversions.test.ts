import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateTime } from '../../src/dotnet/dates/index.js'
import { createContext } from '../../src/values/context.js'
import { conditionHolds, hexFromText, integerFromText, integerOf } from '../../src/values/convert.js'
import { dateTimeOf } from '../../src/values/convert-date.js'
import { Fault } from '../../src/values/fault.js'
import { jsonText, textForm, textOf } from '../../src/values/text.js'
import { fromInput, kindOf, member, type Value } from '../../src/values/value.js'

const date = DateTime.fromIso('2020-03-16T07:00:00Z')

const orCode = <Result>(action: () => Result): Result | string => {
  try {
    return action()
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.code
    throw thrown
  }
}

describe('values of a source', () => {
  it('keep their kind, in canonical form', () => {
    expect([1, -0, 0.5, 2 ** 53, 1e21, Number.NaN, Number.POSITIVE_INFINITY].map(fromInput)).toEqual([
      1,
      0,
      0.5,
      2n ** 53n,
      10n ** 21n,
      null,
      null,
    ])
    expect([5n, 2n ** 53n, -(2n ** 53n) + 1n].map(fromInput)).toEqual([5, 2n ** 53n, -(2 ** 53) + 1])
    expect([undefined, null, Symbol('s'), () => 1].map(fromInput)).toEqual([null, null, null, null])
    expect(fromInput(new Date('2020-03-16T07:00:00Z'))).toEqual(date)
    expect(fromInput(new Date(Number.NaN))).toBeNull()
    expect(fromInput(new Date('+010000-01-01'))).toBeNull()
  })

  it('of a list are taken in the same way, without a copy where nothing changes', () => {
    const clean = ['a', 1, null, ['b'], { c: 1 }]
    expect(fromInput(clean)).toBe(clean)
    expect(fromInput([undefined, 2 ** 53, [-0], new Date(0)])).toEqual([
      null,
      2n ** 53n,
      [0],
      DateTime.fromEpochMilliseconds(0),
    ])
  })

  it('are read as own members only', () => {
    expect(member({ a: 1 }, 'a')).toBe(1)
    for (const name of ['constructor', 'toString', '__proto__', 'b'])
      expect(member({ a: 1 }, name)).toBeNull()
    expect(member(JSON.parse('{"__proto__": "own"}') as object, '__proto__')).toBe('own')
  })

  it.each<[Value, string]>([
    [null, 'null'],
    ['', 'string'],
    [false, 'Boolean'],
    [1, 'integer'],
    [2n ** 60n, 'integer'],
    [0.5, 'decimal'],
    [date, 'DateTime'],
    [[], 'list'],
    [{}, 'object'],
  ])('%o is of kind %s', (value, kind) => {
    expect(kindOf(value)).toBe(kind)
  })
})

describe('the text form', () => {
  it.each<[Value, string | null]>([
    [null, null],
    ['', ''],
    [true, 'True'],
    [false, 'False'],
    [-7, '-7'],
    [2n ** 64n, '18446744073709551616'],
    [0.1, '0.1'],
    [date, '3/16/2020 7:00:00 AM'],
    [[], 'AF5008'],
    [{}, 'AF5008'],
  ])('of %o is %s', (value, text) => {
    expect(orCode(() => textOf(value))).toBe(text)
  })

  it('for an output writes lists by element and objects as JSON', () => {
    expect(textForm(['a', null, true, { b: 2n ** 60n }])).toEqual([
      'a',
      '',
      'True',
      '{"b":"1152921504606846976"}',
    ])
    expect(textForm(null)).toBeNull()
    expect(jsonText({ at: date })).toBe('{"at":"3/16/2020 7:00:00 AM"}')
  })
})

describe('integers', () => {
  it.each([
    ['0', 0],
    ['-12', -12],
    ['+7', 7],
    [' \t7\n', 7],
    ['007', 7],
    ['9007199254740993', 9007199254740993n],
    ['+9223372036854775808', 9223372036854775808n],
    ['', undefined],
    [' ', undefined],
    ['1.0', undefined],
    ['1 2', undefined],
    ['--1', undefined],
    ['\u00a07', undefined],
    ['٣', undefined],
    ['&HF', undefined],
    ['1e3', undefined],
  ])('from %j: %s', (text, expected) => {
    expect(integerFromText(text)).toBe(expected)
  })

  it('from text are exact, whatever their size', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.constantFrom('', ' ', '\t'), (value, blank) => {
        expect(BigInt(integerFromText(`${blank}${value}${blank}`)!)).toBe(value)
      }),
    )
  })

  it('are written in hexadecimal as Visual Basic does', () => {
    expect(hexFromText('&HF')).toBe(15)
    expect(hexFromText('&hffffffffffffffff')).toBe(2n ** 64n - 1n)
    for (const text of ['&H', '&HG', 'HF', ' &HF', '0xF']) expect(hexFromText(text)).toBeUndefined()
  })

  it.each<[Value, unknown]>([
    [null, null],
    [3.9, 3],
    [-3.9, -3],
    [2n ** 60n, 2n ** 60n],
    ['12', 12],
    ['', 'AF5001'],
    ['x', 'AF5001'],
    [true, 'AF5001'],
    [date, 'AF5001'],
    [{}, 'AF5001'],
  ])('from the value %o: %s', (value, expected) => {
    expect(orCode(() => integerOf(value, 'F'))).toBe(expected)
  })
})

describe('conditions', () => {
  it.each<[Value, boolean | string]>([
    [true, true],
    [false, false],
    ['True', true],
    ['tRUE', true],
    [' True', false],
    ['1', false],
    ['', false],
    [1, true],
    [-1, true],
    [0, false],
    [0.5, false],
    [2n ** 60n, true],
    [null, false],
    [date, false],
    [{}, false],
    [[], 'AF5003'],
    [[true], 'AF5003'],
  ])('%o: %s', (value, holds) => {
    expect(orCode(() => conditionHolds(value, 'IIF'))).toBe(holds)
  })
})

describe('dates', () => {
  it('are read as CDate reads them', () => {
    const context = createContext({ now: 0 })
    expect(dateTimeOf(null, context, 'F')).toBeNull()
    expect(dateTimeOf(date, context, 'F')).toBe(date)
    expect(dateTimeOf('2020-03-16T07:00:00Z', context, 'F')).toEqual(date)
    for (const value of ['', 'x', 7, true])
      expect(orCode(() => dateTimeOf(value, context, 'F'))).toBe('AF5001')
    for (const value of [{}, []]) expect(orCode(() => dateTimeOf(value, context, 'F'))).toBe('AF5008')
  })
})
