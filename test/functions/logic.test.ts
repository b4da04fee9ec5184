import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ignoreAttributeFlow } from '../../src/values/marker.js'
import { call, faultOf, testContext } from './bodies.js'

const { now } = testContext()

describe('the questions about a value', () => {
  it.each([
    [null, true, true],
    [[], true, true],
    ['', false, true],
    [' ', false, false],
    [0, false, false],
    [false, false, false],
    [[''], false, false],
  ])('IsNull, IsNullOrEmpty, IsPresent of %o', (value, isNull, isNullOrEmpty) => {
    expect(call('IsNull', value)).toBe(isNull)
    expect(call('IsNullOrEmpty', value)).toBe(isNullOrEmpty)
    expect(call('IsNothing', value)).toBe(isNullOrEmpty)
    expect(call('IsPresent', value)).toBe(!isNullOrEmpty)
  })
  it.each([
    ['', true],
    [7, true],
    [false, true],
    [now, true],
    [null, false],
    [['a'], false],
    [{ value: 'a' }, false],
  ])('IsString of %o is %o', (value, expected) => {
    expect(call('IsString', value)).toBe(expected)
  })
})

describe('IgnoreFlowIfNullOrEmpty', () => {
  it('gives the marker for null, "" and an empty list', () => {
    for (const nothing of [null, '', []]) {
      expect(call('IgnoreFlowIfNullOrEmpty', nothing)).toBe(ignoreAttributeFlow)
    }
  })
  it('gives any other value', () => {
    const list = ['a']
    for (const value of [' ', 0, false, list, now]) {
      expect(call('IgnoreFlowIfNullOrEmpty', value)).toBe(value)
    }
  })
})

describe('Not', () => {
  it('is false for true only', () => {
    for (const value of [true, 'True', 'true', 'TRUE']) expect(call('Not', value)).toBe(false)
    for (const value of [false, 'False', 'yes', ' true', '', 1, '1', null, [], [true], {}]) {
      expect(call('Not', value)).toBe(true)
    }
  })
})

describe('CBool', () => {
  it.each([
    [1, true],
    [0, false],
    [-1, true],
    [10n ** 20n, true],
    ['2', true],
    ['0', false],
    ['00', false],
    [' 1 ', true],
    ['0000000000000000000000', false],
    ['TRUE', true],
    ['false', false],
    [true, true],
  ])('of %o is %o', (value, expected) => {
    expect(call('CBool', value)).toBe(expected)
  })
  it('refuses other text, dates, objects and lists', () => {
    for (const value of ['', 'yes', '1.5', now, { value: '1' }]) {
      expect(faultOf(() => call('CBool', value))).toBe('AF5001')
    }
    expect(faultOf(() => call('CBool', ['1']))).toBe('AF5003')
  })
})

describe('BitAnd', () => {
  it.each([
    [15, 247, 7],
    [-2147483648, -2147483646, -2147483648],
    [2147483648, 2147483648, 2147483648],
    [-1, 2 ** 40, 2 ** 40],
    [2n ** 64n - 1n, 5, 5],
    [2n ** 64n - 1n, -1, -1],
    [2n ** 63n - 1n, 2n ** 62n, 2n ** 62n],
    [-(2n ** 63n), -1, -(2n ** 63n)],
  ])('of %o and %o is %o', (left, right, expected) => {
    expect(call('BitAnd', left, right)).toBe(expected)
  })
  it('refuses more than 64 bits', () => {
    expect(faultOf(() => call('BitAnd', 2n ** 64n, 1))).toBe('AF5002')
    expect(faultOf(() => call('BitAnd', 1, -(2n ** 63n) - 1n))).toBe('AF5002')
  })
  it('is the and of two 64-bit numbers', () => {
    const word = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)
    const canonical = (value: bigint) =>
      BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value
    fc.assert(
      fc.property(word, word, (left, right) => {
        expect(call('BitAnd', canonical(left), canonical(right))).toBe(canonical(left & right))
      }),
    )
  })
})

describe('Error', () => {
  it('raises its message', () => {
    expect(faultOf(() => call('Error', 'stop'))).toBe('AF5005')
    expect(faultOf(() => call('Error', null))).toBe('AF5005')
  })
})
