import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { call, callIn, faultOf, testContext } from './bodies.js'

const count = (text: string, characters: RegExp): number => (text.match(characters) ?? []).length

describe('RandomString', () => {
  it('keeps the minima and the length', () => {
    const minimum = fc.nat(10)
    fc.assert(
      fc.property(
        fc.tuple(minimum, minimum, minimum, minimum),
        fc.nat(40),
        fc.integer(),
        ([numbers, specials, capitals, small], more, seed) => {
          const length = numbers + specials + capitals + small + more
          const text = callIn(
            testContext(seed),
            'RandomString',
            length,
            numbers,
            specials,
            capitals,
            small,
          ) as string
          expect(text).toHaveLength(length)
          expect(count(text, /[0-9]/g)).toBeGreaterThanOrEqual(numbers)
          expect(count(text, /[^0-9A-Za-z]/g)).toBeGreaterThanOrEqual(specials)
          expect(count(text, /[A-Z]/g)).toBeGreaterThanOrEqual(capitals)
          expect(count(text, /[a-z]/g)).toBeGreaterThanOrEqual(small)
        },
      ),
    )
  })
  it('fills from the classes asked for, else from letters and digits', () => {
    expect(call('RandomString', 200, 1, 0, 0, 1)).toMatch(/^[0-9a-z]{200}$/)
    expect(call('RandomString', 200, 0, 1, 0, 0)).toMatch(/^[^0-9A-Za-z\s]{200}$/)
    expect(call('RandomString', 256, 0, 0, 0, 0)).toMatch(/^[0-9A-Za-z]{256}$/)
    expect(call('RandomString', 0, 0, 0, 0, 0)).toBe('')
  })
  it('avoids characters', () => {
    expect(call('RandomString', 200, 1, 0, 1, 0, '01OI')).not.toMatch(/[01OI]/)
    expect(call('RandomString', 5, 5, 0, 0, 0, '012345678')).toBe('99999')
    expect(call('RandomString', 5, 5, 0, 0, 0, null)).toMatch(/^[0-9]{5}$/)
  })
  it('refuses what cannot be', () => {
    expect(faultOf(() => call('RandomString', 257, 0, 0, 0, 0))).toBe('AF5002')
    expect(faultOf(() => call('RandomString', -1, 0, 0, 0, 0))).toBe('AF5002')
    expect(faultOf(() => call('RandomString', 7, 2, 2, 2, 2))).toBe('AF5002')
    expect(faultOf(() => call('RandomString', 7, -1, 0, 0, 0))).toBe('AF5002')
    expect(faultOf(() => call('RandomString', 7, 10n ** 30n, 0, 0, 0))).toBe('AF5002')
    expect(faultOf(() => call('RandomString', 7, 1, 0, 0, 0, '0123456789'))).toBe('AF5002')
    const all = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
    expect(faultOf(() => call('RandomString', 7, 0, 0, 0, 0, all))).toBe('AF5002')
  })
  it('draws each character, at each place, with the same chance', () => {
    const context = testContext(42)
    const seen = new Map<string, number>()
    for (let round = 0; round < 2000; round++) {
      const text = callIn(context, 'RandomString', 10, 1, 0, 0, 0) as string
      for (const character of text) seen.set(character, (seen.get(character) ?? 0) + 1)
    }
    expect(seen.size).toBe(10)
    for (const times of seen.values()) expect(Math.abs(times - 2000)).toBeLessThan(250)
  })
  it('puts the required characters anywhere', () => {
    const context = testContext(43)
    const places = new Set<number>()
    for (let round = 0; round < 300; round++) {
      places.add((callIn(context, 'RandomString', 8, 1, 0, 7, 0) as string).search(/[0-9]/))
    }
    expect(places.size).toBe(8)
  })
})

describe('Guid', () => {
  it('is new each time, and repeatable by seed', () => {
    const context = testContext(5)
    const first = callIn(context, 'Guid')
    expect(first).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(callIn(context, 'Guid')).not.toBe(first)
    expect(callIn(testContext(5), 'Guid')).toBe(first)
  })
})
