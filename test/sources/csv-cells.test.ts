import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf } from '../../src/sources/csv-cells.js'

const delimiter = fc.constantFrom(',', ';', '\t', '|')
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`

describe('the cells of a row', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['', ['']],
    ['a,', ['a', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a ""b""",', ['a "b"', '']],
    ['"",""', ['', '']],
    ['"a\nb"', ['a\nb']],
    ['5" pipe,b', undefined],
    ['"a"b,c', undefined],
    ['"a', undefined],
    ['a,"', undefined],
  ])('%j', (row, cells) => {
    expect(cellsOf(row, ',')).toEqual(cells)
  })

  it('gives back what was written, with and without quotes', () => {
    fc.assert(
      fc.property(delimiter, fc.array(fc.string(), { minLength: 1 }), (sign, cells) => {
        const plain = (cell: string): boolean => !cell.includes('"') && !cell.includes(sign)
        expect(cellsOf(cells.map(quoted).join(sign), sign)).toEqual(cells)
        const mixed = cells.map((cell) => (plain(cell) ? cell : quoted(cell)))
        expect(cellsOf(mixed.join(sign), sign)).toEqual(cells)
      }),
    )
  })

  it('reads every row as csv-parse does, and refuses what it refuses', () => {
    const row = fc.string({ unit: fc.constantFrom('"', ',', ';', 'a', ' '), minLength: 1 })
    fc.assert(
      fc.property(row, (text) => {
        let expected: readonly string[] | undefined
        try {
          const options = { relax_column_count: true, record_delimiter: '\u0000' }
          expected = (parse(text, options) as string[][])[0]
        } catch {
          expected = undefined
        }
        expect(cellsOf(text, ',')).toEqual(expected)
      }),
    )
  })
})
