import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { compileCasing, toLower, toUpper } from '../../../src/dotnet/text/casing.js'

const anyText = fc.string({ unit: 'binary' })

describe('toLower and toUpper, invariant', () => {
  it.each([
    ['Åse ØSTBY', 'åse østby', 'ÅSE ØSTBY'],
    ['Straße', 'straße', 'STRAßE'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ', 'ΟΔΥΣΣΕΥΣ'],
    ['İı', 'İı', 'İı'],
    ['ﬁn', 'ﬁn', 'ﬁN'],
    ['ᾳᾀ', 'ᾳᾀ', 'ᾼᾈ'],
    ['ŉß𐐨', 'ŉß𐐨', 'ŉß𐐀'],
    ['\ud800A', '\ud800a', '\ud800A'],
    ['', '', ''],
  ])('%s', (text, lower, upper) => {
    expect(toLower(text)).toBe(lower)
    expect(toUpper(text)).toBe(upper)
  })

  it('maps every character to one character of the same width', () => {
    const changed: string[] = []
    for (let code = 0; code <= 0x1ffff; code++) {
      const character = String.fromCodePoint(code)
      for (const mapped of [toLower(character), toUpper(character)]) {
        if (mapped.length !== character.length || [...mapped].length !== 1) changed.push(character)
      }
    }
    expect(changed).toEqual([])
  })

  it('maps each character by itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(toLower(text)).toBe([...text].map((character) => toLower(character)).join(''))
        expect(toUpper(text)).toBe([...text].map((character) => toUpper(character)).join(''))
      }),
    )
  })

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', 'de', 'tr', 'az'), (text, culture) => {
        const { lower, upper } = compileCasing(culture)
        expect(lower(lower(text))).toBe(lower(text))
        expect(upper(upper(text))).toBe(upper(text))
      }),
    )
  })
})

describe('cultures', () => {
  it.each(['tr', 'tr-TR', 'TR-tr', 'az', 'az-Latn-AZ', 'AZ-CYRL'])(
    '%s has a dotted and a dotless i',
    (culture) => {
      expect(toLower('DIYARBAKIR İzmir', culture)).toBe('dıyarbakır izmir')
      expect(toUpper('dıyarbakır izmir', culture)).toBe('DIYARBAKIR İZMİR')
    },
  )

  it.each(['en-US', 'lt', 'lt-LT', 'nl-NL', 'zh-Hans-CN', 'no'])('%s has the common mappings', (culture) => {
    expect(toLower('IJ İ Σ', culture)).toBe('ij i σ')
    expect(toUpper('ij ı ß', culture)).toBe('IJ I ß')
  })

  it.each(['xx-XX', 'tr-CY', 'english', 'en-', 'en_US', 'no-', ' ', 'constructor', '__proto__', 'de-DE-DE'])(
    'does not know %j',
    (culture) => {
      expect(() => compileCasing(culture)).toThrow(
        expect.objectContaining({ kind: 'argument', message: `"${culture}" is not a known culture` }),
      )
    },
  )

  it('fails in its own way only', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, culture) => {
        try {
          toLower(text, culture)
        } catch (failure) {
          expect(failure).toBeInstanceOf(DotnetFailure)
        }
      }),
    )
  })
})
