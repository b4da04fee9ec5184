import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeDiacritics } from '../../../src/dotnet/text/diacritics.js'
import { where } from '../../support/where.js'

const nameLike = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'aOß ĄøǾǣœ̄́ıй́がÅΩέ漢1️'),
    fc.integer({ min: 0xc0, max: 0x24f }).map((unit) => String.fromCharCode(unit)),
    fc.integer({ min: 0x300, max: 0x36f }).map((unit) => String.fromCharCode(unit)),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  ),
})

describe('normalizeDiacritics', () => {
  it.each([
    ['Zoë Müller', 'Zoe Muller'],
    ['Bjørn Østergård', 'Bjoern OEstergard'],
    ['Ǿ ǿ ǽ Ǽ Æ', 'OE oe ae AE AE'],
    ['Œuvre œuf', 'OEuvre oeuf'],
    ['Straße STRAẞE', 'Strasse STRASSE'],
    ['Łódź', 'Lodz'],
    ['Iğdır İzmir', 'Igdir Izmir'],
    ['Đorđe Ħal Ŧŧ ħ', 'Dorde Hal Tt h'],
    ['Þór þorn Ðð', 'Thor thorn Dd'],
    ['Nguyễn Thị Hường', 'Nguyen Thi Huong'],
    ['e\u0301\u0328x\u0304', 'ex'],
    ['œ\u0304', 'oe'],
    ['\u212bngstr\u00f6m \u212a', 'Angstrom K'],
    ['ŋ ĸ ſ ﬁ × ª', 'ŋ ĸ ſ ﬁ × ª'],
    ['ɑ\u0301', 'ɑ'],
  ])('folds Latin letters: %s', (text, expected) => {
    expect(normalizeDiacritics(text)).toBe(expected)
  })

  it.each([
    'Андрей Ёлкин',
    'и\u0306',
    'Έλλη ΐ',
    'α\u0301',
    '한글',
    'がぎ',
    'か\u3099',
    '漢\u0301',
    '𝐞\u0301',
    '❤️',
    'हिन्दी',
  ])('leaves other scripts: %s', (text) => {
    expect(normalizeDiacritics(text)).toBe(text)
  })

  it('treats each part of a mixed text by its own script', () => {
    expect(normalizeDiacritics('Zoë и\u0306 Zoe\u0308')).toBe('Zoe и\u0306 Zoe')
  })

  it('leaves no precomposed Latin letter with a canonical decomposition', () => {
    const left: string[] = []
    for (let unit = 0x80; unit < 0xd800; unit++) {
      const letter = String.fromCharCode(unit)
      const decomposes = letter.normalize('NFD') !== letter && /\p{Script=Latin}/u.test(letter)
      if (decomposes && normalizeDiacritics(letter).normalize('NFD') !== normalizeDiacritics(letter))
        left.push(letter)
    }
    expect(left).toEqual([])
  })

  it('returns ASCII as it is, and is idempotent and independent of normalization on Latin text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(normalizeDiacritics(text)).toBe(text)
      }),
    )
    fc.assert(
      fc.property(nameLike, (text) => {
        const folded = normalizeDiacritics(text)
        expect(normalizeDiacritics(folded)).toBe(folded)
      }),
    )
    const latin = fc.string({
      unit: fc.integer({ min: 0xc0, max: 0x17f }).map((unit) => String.fromCharCode(unit)),
    })
    fc.assert(
      fc.property(latin, (text) => {
        expect(normalizeDiacritics(text.normalize('NFD'))).toBe(normalizeDiacritics(text))
      }),
    )
  })
})

const shared = new URL('../../../../shared/conformance/cases.json', import.meta.url)

where(existsSync(shared), describe)('documented table of NormalizeDiacritics', () => {
  it('holds', () => {
    const cases = JSON.parse(readFileSync(shared, 'utf8')) as {
      id: string
      input: { v: string }
      expected: string
    }[]
    const rows = cases.filter(({ id }) => id.startsWith('ref-normalizediacritics-row-'))
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter(({ input, expected }) => normalizeDiacritics(input.v) !== expected)).toEqual([])
  })
})
