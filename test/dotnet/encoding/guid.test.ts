import fc from 'fast-check'
import { expect, it } from 'vitest'
import { guidText } from '../../../src/dotnet/encoding/guid.js'

it('sets version and variant and keeps the other bits', () => {
  expect(guidText(new Uint8Array(16))).toBe('00000000-0000-4000-8000-000000000000')
  expect(guidText(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
  expect(guidText(Uint8Array.from({ length: 16 }, (_, index) => index))).toBe(
    '00010203-0405-4607-8809-0a0b0c0d0e0f',
  )
})

it('always has the form of a version 4 GUID', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(guidText(bytes)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }),
  )
})
