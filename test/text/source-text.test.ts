import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceText } from '../../src/text/source-text.js'
import { cover, span, touches } from '../../src/text/span.js'

describe('SourceText', () => {
  const source = new SourceText('one\ntwo\r\nthree\rfour\n', 'mapping.txt')

  it.each([
    [0, 1, 1],
    [3, 1, 4],
    [4, 2, 1],
    [9, 3, 1],
    [14, 3, 6],
    [15, 4, 1],
    [20, 5, 1],
  ])('finds offset %i at %i:%i', (offset, line, column) => {
    expect(source.position(offset)).toEqual({ line, column })
  })

  it('clamps offsets to the text', () => {
    expect(source.position(-1)).toEqual({ line: 1, column: 1 })
    expect(source.position(1000)).toEqual({ line: 5, column: 1 })
  })

  it('gives lines without their endings', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((n) => source.line(n))).toEqual([
      '',
      'one',
      'two',
      'three',
      'four',
      '',
      '',
    ])
  })

  it('counts columns in UTF-16 code units', () => {
    expect(new SourceText('a😀b').position(3)).toEqual({ line: 1, column: 4 })
  })

  it('gives positions from which the offset can be computed again', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀'), maxLength: 20 })
    fc.assert(
      fc.property(text, fc.nat(40), (value, at) => {
        const offset = at % (value.length + 1)
        const lines = new SourceText(value)
        const { line, column } = lines.position(offset)
        expect(lines.lineStarts[line - 1]! + column - 1).toBe(offset)
        expect(lines.lineStarts[line] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(offset)
      }),
    )
  })
})

describe('spans', () => {
  it('cover both', () => {
    expect(cover(span(3, 5), span(1, 4))).toEqual({ start: 1, end: 5 })
  })

  it('touch offsets at their edges', () => {
    expect([1, 2, 4, 5].map((offset) => touches(span(2, 4), offset))).toEqual([false, true, true, false])
  })
})
