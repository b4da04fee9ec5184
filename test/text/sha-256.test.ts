import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/text/sha-256.js'

const expected = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

describe('SHA-256', () => {
  it('is that of the platform for texts of every length about a block', () => {
    for (let length = 0; length < 200; length++)
      expect(sha256('a'.repeat(length))).toBe(expected('a'.repeat(length)))
  })

  it('is that of the platform for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(expected(text))
      }),
    )
  })
})
