import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyTable, keyRecord } from '../../src/mapping/key-table.js'

const arbitraryObjects = fc.array(
  fc.record({
    key: fc.oneof(fc.constantFrom('a', 'b', 'A', ''), fc.string({ maxLength: 3 })),
    id: fc.option(fc.constantFrom('1', '2', ''), { nil: undefined }),
  }),
  { maxLength: 60 },
)

/** What a map of texts remembers. */
class PlainTable {
  readonly #first = new Map<string, { readonly line: number; readonly id: string | undefined }>()

  insert(key: string, line: number, id: string | undefined): number {
    const first = this.#first.get(key)
    if (first === undefined) this.#first.set(key, { line, id })
    return first === undefined || (id !== undefined && id === first.id) ? 0 : first.line
  }
}

describe('a table of keys', () => {
  it('remembers what a map of texts does, also when it is made anew from its records', () => {
    fc.assert(
      fc.property(arbitraryObjects, fc.nat(60), (objects, cut) => {
        const plain = new PlainTable()
        let table = new KeyTable()
        objects.forEach(({ key, id }, index) => {
          if (index === cut) table = new KeyTable(table.recordsFrom(0).slice())
          expect(table.insert(keyRecord(key, index + 1, id))).toBe(plain.insert(key, index + 1, id))
        })
      }),
      { numRuns: 300 },
    )
  })

  it('tells apart a hundred thousand keys that are nearly alike', () => {
    const table = new KeyTable()
    for (let number = 1; number <= 100_000; number++)
      expect(table.insert(keyRecord(`userName\nuser${number}@example.org`, number, undefined))).toBe(0)
    expect(table.size).toBe(100_000)
    expect(table.insert(keyRecord('userName\nuser77@example.org', 100_001, undefined))).toBe(77)
  })
})
