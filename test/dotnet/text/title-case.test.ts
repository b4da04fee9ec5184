import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toLower } from '../../../src/dotnet/text/casing.js'
import { toProperCase, toTitleCase } from '../../../src/dotnet/text/title-case.js'

const anyText = fc.string({ unit: 'binary' })

describe('toTitleCase', () => {
  it.each([
    ['anna-karin  svensson', 'Anna-Karin  Svensson'],
    ['NATO summit', 'NATO Summit'],
    ['McKENZIE', 'Mckenzie'],
    ["D'ARCY", "D'arcy"],
    ["MAC'S", "MAC's"],
    ["'tis", "'Tis"],
    ['2nd floor', '2Nd Floor'],
    ['b2b', 'B2b'],
    ['e\u0301va', 'E\u0301va'],
    ['ǆep ǉ ǌ ǳ Ǳx', 'ǅep ǈ ǋ ǲ ǲx'],
    ['𐐨𐐀', '𐐀𐐨'],
    ['x𝟘y', 'X𝟘y'],
    ['ısı', 'ısı'],
    ['\ud800a', '\ud800A'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(toTitleCase(text)).toBe(expected)
  })

  it('changes nothing but case', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(toLower(toTitleCase(text))).toBe(toLower(text))
      }),
    )
  })
})

describe('toProperCase', () => {
  it.each<[string, string | undefined, string]>([
    ["SMITH-O'HARA", undefined, "Smith-O'hara"],
    ["SMITH-O'HARA", "'", "Smith-o'Hara"],
    ["SMITH-O'HARA", '-', "Smith-O'hara"],
    ["SMITH-O'HARA", "-'", "Smith-O'Hara"],
    ['VAN DER BERG', '', 'Van der berg'],
    ['a.b c', '.', 'A.B c'],
    ['ǆ|ǆ', '|', 'ǅ|ǅ'],
    ['a😀b', '😀', 'A😀B'],
    ['(x) y', ' ', '(x) Y'],
  ])('%s with %j', (text, separators, expected) => {
    expect(toProperCase(text, separators)).toBe(expected)
  })

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyText, fc.option(anyText, { nil: undefined }), (text, separators) => {
        const once = toProperCase(text, separators)
        expect(toProperCase(once, separators)).toBe(once)
      }),
    )
  })
})
