import { describe, expect, it } from 'vitest'
import { cachedRegex } from '../../src/dotnet/regex/regex.js'
import { samplesOf } from '../../src/verify/pattern-samples.js'

describe('samples of a pattern', () => {
  it.each([
    ['^P-[0-9]{4}$', ['P-1111']],
    ['^(?:a|b|c)$', ['a', 'b', 'c']],
    ['^x{2,4}$', ['xx', 'xxx', 'xxxx']],
    ['^(a|b(?:c|d{2}))\\1$', ['aa', 'bcbc', 'bddbdd']],
    ['^(?i:ab)$', []],
    ['^\\p{Lu}+$', []],
    ['^(?=.*9)[0-9]+$', ['9']],
    ['^(?:(a)|b)(?(1)c|d)$', ['ac', 'bd']],
    ['^(?>a|b)c$', ['ac', 'bc']],
    ['^(?(?=a)ab|cd)$', ['ab', 'cd']],
    ['^(?(a)b|cd)$', ['cd']],
    ['^[\u4e00-\u4e01]$', ['\u4e00']],
    ['^.*$', ['']],
  ])('%s take every alternative and bound, and match', (pattern, some) => {
    const samples = samplesOf(pattern)
    expect(samples).toEqual(expect.arrayContaining(some))
    expect(samples.length).toBeGreaterThan(0)
    for (const sample of samples) expect(cachedRegex(pattern).isMatch(sample), sample).toBe(true)
  })

  it.each(['(', '[z-a]', '(?!)', '^(?:a{400}){400}$'])('of %s are none', (pattern) => {
    expect(samplesOf(pattern)).toEqual([])
  })

  it('are few and short, whatever the pattern', () => {
    const samples = samplesOf(`^${'(?:a|b|c+|d{2,9})'.repeat(60)}$`)
    expect(samples.length).toBeLessThanOrEqual(123)
    expect(Math.max(...samples.map(({ length }) => length))).toBeLessThanOrEqual(500)
  })
})
