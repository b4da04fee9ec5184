import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../../../src/dotnet/encoding/base64.js'
import { sidFromBase64, sidText } from '../../../src/dotnet/encoding/sid.js'

const subAuthority = fc.integer({ min: 0, max: 0xffff_ffff })

const binarySid = (authority: number, subAuthorities: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8 + subAuthorities.length * 4))
  view.setBigUint64(0, BigInt(authority))
  view.setUint8(0, 1)
  view.setUint8(1, subAuthorities.length)
  subAuthorities.forEach((value, index) => {
    view.setUint32(8 + index * 4, value, true)
  })
  return new Uint8Array(view.buffer)
}

describe('StringFromSid', () => {
  it('reads well-known identifiers', () => {
    expect(sidFromBase64('AQEAAAAAAAUSAAAA')).toBe('S-1-5-18')
    expect(sidFromBase64('AQIAAAAAAAUgAAAAIAIAAA==')).toBe('S-1-5-32-544')
  })

  it('reads every identifier', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 48 - 1 }),
        fc.array(subAuthority, { maxLength: 15 }),
        (authority, subAuthorities) => {
          const expected = ['S-1', authority, ...subAuthorities].join('-')
          expect(sidText(binarySid(authority, subAuthorities))).toBe(expected)
        },
      ),
    )
  })

  it('reads bytes in the middle of a buffer, and ignores what follows them', () => {
    const bytes = Uint8Array.from([9, ...binarySid(5, [21, 7]), 1, 2])
    expect(sidText(bytes.subarray(1))).toBe('S-1-5-21-7')
  })

  it.each([
    ['too few bytes', [1, 0, 0, 0, 0, 0, 0], 'a binary SID has at least 8 bytes'],
    ['another revision', [2, 0, 0, 0, 0, 0, 0, 5], 'a binary SID has revision 1, not 2'],
    ['too many sub-authorities', [1, 16, 0, 0, 0, 0, 0, 5], 'a SID has at most 15 sub-authorities, not 16'],
    [
      'missing sub-authorities',
      [1, 1, 0, 0, 0, 0, 0, 5, 1],
      'the binary SID is too short for 1 sub-authorities',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => sidFromBase64(encodeBase64(bytes))).toThrow(
      expect.objectContaining({ kind: 'format', message }),
    )
  })

  it('refuses the text form', () => {
    expect(() => sidFromBase64('S-1-5-18')).toThrow(expect.objectContaining({ kind: 'format' }))
  })
})
