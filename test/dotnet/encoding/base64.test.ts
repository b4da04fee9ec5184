import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeBase64,
  encodeBase64,
  fromBase64,
  toBase64Utf16,
  toUtf8Hex,
} from '../../../src/dotnet/encoding/base64.js'
import { decodeUtf8, encodeUtf8 } from '../../../src/dotnet/encoding/utf8.js'
import { DotnetFailure } from '../../../src/dotnet/failure.js'

const anyText = fc.string({ unit: 'binary' })
const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))

describe('toBase64Utf16', () => {
  it.each([
    ['', ''],
    ['Ok', 'TwBrAA=='],
    ['😀', 'PdgA3g=='],
    ['\ud83d', '/f8='],
    ['\ude00\ud83d', '/f/9/w=='],
  ])('%j', (text, expected) => {
    expect(toBase64Utf16(text)).toBe(expected)
  })

  it('round trips well-formed text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fromBase64(toBase64Utf16(text), 'Unicode')).toBe(text)
      }),
    )
  })

  it('replaces lone surrogates', () => {
    fc.assert(
      fc.property(anyUnits, (text) => {
        expect(fromBase64(toBase64Utf16(text), 'Unicode')).toBe(Buffer.from(text).toString())
      }),
    )
  })
})

describe('decodeBase64', () => {
  it.each([
    ['', []],
    ['AQI=', [1, 2]],
    [' A\tQ\r\nI = ', [1, 2]],
    ['AQ= =', [1]],
    ['AR==', [1]],
    ['+/+/', [251, 255, 191]],
  ])('%j', (text, expected) => {
    expect([...decodeBase64(text)]).toEqual(expected)
  })

  it.each([
    'A',
    'AQ',
    'AQI',
    'AQ=',
    'AQI==',
    'AQID=',
    'AQID====',
    '=',
    '====',
    'A===',
    'AQ==AQ==',
    'AQ-_',
    'AQ\u00a0==',
    'é',
    'AQ\v==',
  ])('refuses %j', (text) => {
    expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ kind: 'format' }))
  })

  it('names the character that does not belong', () => {
    expect(() => decodeBase64('AQ-A')).toThrow(
      expect.objectContaining({ message: 'Base64 has no character U+002D', start: 2, end: 3 }),
    )
  })

  it('is the inverse of encodeBase64, which agrees with the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
      }),
    )
  })

  it('fails in its own way only', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...'AQz+/= \n') })), (text) => {
        try {
          expect(decodeBase64(text).length % 3).toBe([0, 2, 1][[...text].filter((c) => c === '=').length])
        } catch (failure) {
          expect(failure).toBeInstanceOf(DotnetFailure)
        }
      }),
    )
  })
})

describe('fromBase64', () => {
  it.each([
    ['TwBrAA==', 'Unicode', 'Ok'],
    ['TwBrAGs=', 'Unicode', 'Ok\ufffd'],
    ['PdhPAA==', 'Unicode', '\ufffdO'],
    ['//5PAA==', 'Unicode', '\ufeffO'],
    ['T2s=', 'ASCII', 'Ok'],
    ['T/9r', 'ASCII', 'O?k'],
    ['w6k=', 'UTF8', 'é'],
    ['w0E=', 'UTF8', '\ufffdA'],
    ['77u/QQ==', 'UTF8', '\ufeffA'],
  ] as const)('%s as %s', (text, encoding, expected) => {
    expect(fromBase64(text, encoding)).toBe(expected)
  })
})

describe('UTF-8', () => {
  it.each([
    ['Aé€😀', '41C3A9E282ACF09F9880'],
    ['\ud83d!', 'EFBFBD21'],
    ['\n', '0A'],
    ['', ''],
  ])('%j in hexadecimal', (text, expected) => {
    expect(toUtf8Hex(text)).toBe(expected)
  })

  it('encodes as the platform does', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyUnits), (text) => {
        expect(encodeUtf8(text)).toEqual([...new TextEncoder().encode(text)])
      }),
    )
  })

  it('decodes well-formed and ill-formed bytes as the platform does', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const edge = fc.constantFrom(
      0x41,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc2,
      0xdf,
      0xe0,
      0xe1,
      0xed,
      0xf0,
      0xf1,
      0xf4,
      0xf5,
    )
    fc.assert(
      fc.property(fc.oneof(fc.array(edge), fc.array(fc.integer({ min: 0, max: 255 }))), (list) => {
        const bytes = Uint8Array.from(list)
        expect(decodeUtf8(bytes)).toBe(decoder.decode(bytes))
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeUtf8(Uint8Array.from(encodeUtf8(text)))).toBe(text)
      }),
    )
  })
})
