import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TEXT_LIMIT } from '../../src/functions/runtime/limits.js'
import { compileExpression } from '../../src/index.js'
import { call, faultOf } from './bodies.js'

describe('Append and Prepend', () => {
  it('take null for "" unless both are null', () => {
    expect(call('Append', 'a', null)).toBe('a')
    expect(call('Append', null, 'b')).toBe('b')
    expect(call('Append', null, null)).toBeNull()
    expect(call('Append', '', null)).toBe('')
    expect(call('Prepend', 'a', 'b')).toBe('ab')
  })

  it('stop at the limit of a text', () => {
    const half = 'x'.repeat(TEXT_LIMIT / 2)
    expect(call('Append', half, half)).toHaveLength(TEXT_LIMIT)
    expect(faultOf(() => call('Append', half, `${half}x`))).toBe('AF5012')
  })
})

describe('Join', () => {
  it('skips null and "", not a blank', () => {
    expect(call('Join', '-', 'a', null, '', ' ', 'b')).toBe('a- -b')
  })
  it('takes the elements of lists', () => {
    expect(call('Join', ';', ['a', null, 'b'], 'c', [])).toBe('a;b;c')
  })
  it('gives "" when nothing is left', () => {
    expect(call('Join', ';')).toBe('')
    expect(call('Join', ';', null, '', [])).toBe('')
  })
  it('writes values as the service does', () => {
    expect(call('Join', ' ', true, 7, 10n ** 20n)).toBe('True 7 100000000000000000000')
  })
  it('cannot be made to explode', () => {
    const long = 'x'.repeat(TEXT_LIMIT / 2)
    expect(faultOf(() => call('Join', long, new Array(1000).fill(long)))).toBe('AF5012')
  })
  it('gives back what Split has taken apart', () => {
    const part = fc.string().filter((text) => text.trim() === text && text !== '' && !text.includes(';'))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const plain = parts.filter((text) => !/^[\s\u0085]|[\s\u0085]$/u.test(text))
        expect(call('Split', call('Join', ';', plain), ';')).toEqual(plain)
      }),
    )
  })
  it('is associative over its sources', () => {
    const source = fc.oneof(fc.string(), fc.constant(null), fc.integer())
    fc.assert(
      fc.property(fc.string(), fc.array(source), fc.array(source), (separator, first, second) => {
        const nested = call('Join', separator, call('Join', separator, ...first), ...second)
        expect(nested).toBe(call('Join', separator, ...first, ...second))
      }),
    )
  })
})

describe('Left', () => {
  it.each([
    ['Ada', 2, 'Ad'],
    ['Ada', 0, ''],
    ['Ada', 99, 'Ada'],
    ['Ada', -1, 'Ada'],
    ['Ada', 10n ** 30n, 'Ada'],
    ['Ada', -(10n ** 30n), 'Ada'],
    [null, 2, ''],
  ])('of %o with %o is %o', (source, length, expected) => {
    expect(call('Left', source, length)).toBe(expected)
  })
})

describe('Mid', () => {
  it.each([
    ['abcdef', 2, 3, 'bcd'],
    ['abcdef', 2, undefined, 'bcdef'],
    ['abcdef', 2, null, 'bcdef'],
    ['abcdef', 5, 9, 'ef'],
    ['abcdef', 7, 1, ''],
    ['abcdef', 99, 1, ''],
    ['abcdef', 10n ** 30n, 10n ** 30n, ''],
    ['abcdef', 1, 0, ''],
    ['', 1, 5, ''],
  ])('of %o from %o for %o is %o', (source, start, length, expected) => {
    expect(call('Mid', source, start, length)).toBe(expected)
  })
  it('refuses a start below 1 and a negative length', () => {
    expect(faultOf(() => call('Mid', 'abc', 0, 1))).toBe('AF5002')
    expect(faultOf(() => call('Mid', 'abc', -5, 1))).toBe('AF5002')
    expect(faultOf(() => call('Mid', 'abc', 1, -1))).toBe('AF5002')
  })
  it('and Left take a text apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), (text, at) => {
        expect(`${call('Left', text, at)}${call('Mid', text, at + 1)}`).toBe(text)
      }),
    )
  })
})

describe('InStr', () => {
  it.each([
    ['banana', 'an', undefined, undefined, 2],
    ['banana', 'an', 3, undefined, 4],
    ['banana', 'x', undefined, undefined, 0],
    ['banana', 'AN', undefined, undefined, 0],
    ['banana', 'AN', undefined, 'vbBinaryCompare', 0],
    ['banana', 'AN', undefined, 'vbTextCompare', 2],
    ['banana', 'an', 7, undefined, 0],
    ['banana', '', undefined, undefined, 1],
    ['banana', '', 3, undefined, 3],
    ['', '', undefined, undefined, 0],
    ['straße', 'E', undefined, 'vbTextCompare', 6],
    ['banana', 'an', null, null, 2],
  ])('of %o and %o from %o by %o is %o', (source, searched, start, compare, expected) => {
    expect(call('InStr', source, searched, start, compare)).toBe(expected)
  })
  it('refuses a start below 1 and an unknown comparison', () => {
    expect(faultOf(() => call('InStr', 'a', 'a', 0))).toBe('AF5002')
    expect(faultOf(() => call('InStr', 'a', 'a', 1, 'text'))).toBe('AF5013')
  })
})

describe('Word', () => {
  it.each([
    ['a b c', 2, ' ', 'b'],
    ['a,  ;b', 2, ' ,;', 'b'],
    ['  a b', 1, ' ', 'a'],
    ['a b', 3, ' ', ''],
    ['a b', 0, ' ', ''],
    ['a b', -1, ' ', ''],
    ['a b', 10n ** 30n, ' ', ''],
    ['a b', 1, '', 'a b'],
    ['', 1, ' ', ''],
    [null, 1, ' ', ''],
  ])('of %o with %o by %o is %o', (source, number, delimiters, expected) => {
    expect(call('Word', source, number, delimiters)).toBe(expected)
  })
})

describe('casing', () => {
  it('is invariant without a culture', () => {
    expect(call('ToUpper', 'straße ı', undefined)).toBe('STRAßE ı')
    expect(call('ToLower', 'ΣΑΣ', null)).toBe('σασ')
    expect(call('ToLower', 'I', '')).toBe('i')
  })
  it('follows the culture', () => {
    expect(call('ToLower', 'I', 'tr-TR')).toBe('ı')
    expect(call('ToUpper', 'i', 'az')).toBe('İ')
  })
  it('refuses an unknown culture', () => {
    expect(faultOf(() => call('ToLower', 'a', 'no such culture'))).toBe('AF5013')
    expect(faultOf(() => call('ToUpper', 'a', 'no such culture'))).toBe('AF5013')
  })
})

describe('PCase', () => {
  it('lowers first and takes an apostrophe for a letter', () => {
    expect(call('PCase', "O'NEIL-SMITH 2ND")).toBe("O'neil-Smith 2Nd")
  })
  it('knows only the separators given', () => {
    expect(call('PCase', 'ANNA-LENA SMITH', '-')).toBe('Anna-Lena smith')
    expect(call('PCase', 'ANNA-LENA SMITH', '')).toBe('Anna-lena smith')
    expect(call('PCase', "D'ARC", "'")).toBe("D'Arc")
  })
})

describe('StripSpaces, Trim and NormalizeDiacritics', () => {
  it('StripSpaces removes U+0020 only', () => {
    expect(call('StripSpaces', ' a\tb\u00a0c ')).toBe('a\tb\u00a0c')
  })
  it('Trim removes the white space of .NET', () => {
    expect(call('Trim', '\u00a0\t a b \u3000')).toBe('a b')
    expect(call('Trim', '\ufeffa')).toBe('\ufeffa')
  })
  it('NormalizeDiacritics folds Latin letters and leaves other scripts', () => {
    expect(call('NormalizeDiacritics', 'Åsa Ðorđe Œuvre ẞ')).toBe('Asa Dorde OEuvre SS')
    expect(call('NormalizeDiacritics', 'Йод')).toBe('Йод')
  })
})

describe('a list that a call builds', () => {
  it('is bounded as a whole', () => {
    const grow = compileExpression('Replace([parts], "x", , , [long], , )')
    const outcome = (count: number) =>
      grow.evaluate({ parts: new Array(count).fill('x'), long: 'y'.repeat(TEXT_LIMIT) })
    expect(outcome(3).kind).toBe('value')
    expect(outcome(1000)).toMatchObject({ kind: 'error', diagnostics: [{ code: 'AF5012' }] })
  })
})
