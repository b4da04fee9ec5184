import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { closest, editDistance } from '../../src/text/suggest.js'

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['mail', '', 4],
    ['givenName', 'givnName', 1],
    ['surname', 'surnmae', 1],
    ['city', 'country', 4],
  ])('between %j and %j is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  it('is symmetric and bounded by the longer text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
        expect(editDistance(a, a)).toBe(0)
      }),
    )
  })
})

describe('closest', () => {
  const names = ['givenName', 'surname', 'mail', 'mailNickname']
  test.each([
    ['GivenName', 'givenName'],
    ['givename', 'givenName'],
    ['nickname', undefined],
    ['mial', 'mail'],
    ['manager', undefined],
  ])('to %j is %j', (name, expected) => {
    expect(closest(name, names)).toBe(expected)
  })
})
