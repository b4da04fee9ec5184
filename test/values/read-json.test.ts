import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson, TooDeep } from '../../src/values/read-json.js'

describe('readJson', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['[1,{"a":12345678901234567890}]', [1, { a: 12345678901234567890n }]],
    ['"12345678901234567890"', '12345678901234567890'],
    ['["integer:1",12345678901234567890]', ['integer:1', 12345678901234567890n]],
    ['["\\u0069nteger:1",12345678901234567890]', ['integer:1', 12345678901234567890n]],
    ['["\\\\\\"12345678901234567890",1]', ['\\"12345678901234567890', 1]],
    ['1234567890123456789.5', Number('1234567890123456789.5')],
    ['1e300', 1e300],
  ])('%s', (text, value) => {
    expect(readJson(text)).toEqual(value)
  })

  it('reads integers exactly at any depth', () => {
    const text = `${'['.repeat(50)}12345678901234567890${']'.repeat(50)}`
    expect((readJson(text) as unknown[]).flat(49)).toEqual([12345678901234567890n])
  })

  it('takes 200 levels, however much of the stack is used', () => {
    const nested = (levels: number, inner: string): readonly string[] => [
      `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`,
      `${'{"a":'.repeat(levels)}${inner}${'}'.repeat(levels)}`,
    ]
    for (const inner of ['1', '1.5', '12345678901234567890', '"a"']) {
      for (const text of nested(200, inner)) expect(readJson(text)).toBeTypeOf('object')
      for (const levels of [201, 3000, 100_000])
        for (const text of nested(levels, inner)) expect(() => readJson(text)).toThrow(TooDeep)
    }
    const beside = `[1.5, ${nested(300, '1')[0]}]`
    expect(() => readJson(beside)).toThrow('more than 200 levels')
  })

  it('keeps __proto__ as a member, also beside a long integer', () => {
    const value = readJson('{"__proto__": {"a": 12345678901234567890}}') as object
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect((value as { a?: unknown }).a).toBeUndefined()
  })

  it.each(['', '{', '01', '[12345678901234567890', '{"a":12345678901234567890,}'])('refuses %j', (text) => {
    expect(() => readJson(text)).toThrow(SyntaxError)
  })

  it('reads everything else as JSON.parse does', () => {
    const rounded = (value: unknown): string =>
      JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? Number(item) : item))
    fc.assert(
      fc.property(fc.json(), (text) => {
        const plain: unknown = JSON.parse(text)
        expect(rounded(readJson(text))).toBe(rounded(plain))
        expect(rounded(readJson(`[${text},12345678901234567890]`))).toBe(
          rounded([plain, 12345678901234567890n]),
        )
      }),
    )
  })

  it('reads every integer exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(BigInt(readJson(value.toString()) as number | bigint)).toBe(value)
      }),
    )
  })
})
