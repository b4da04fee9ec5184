import { describe, expect, it } from 'vitest'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { cachedRegex, compileRegex } from '../../../src/dotnet/regex/regex.js'

const failure = (run: () => unknown): DotnetFailure => {
  try {
    run()
  } catch (reason) {
    if (reason instanceof DotnetFailure) return reason
    throw reason
  }
  throw new Error('nothing was thrown')
}

describe('invalid patterns', () => {
  // The caret line marks the span that the failure names.
  it.each([
    ['ab)c', '  ^'],
    ['a(bc', ' ^'],
    ['a**', '  ^'],
    ['*a', '^'],
    ['a{2,1}', ' ^^^^^'],
    ['a{1}{2}', '    ^'],
    ['[z-a]', ' ^^^'],
    ['a[bc', ' ^^^'],
    ['[a-\\d]', ' ^^^^'],
    ['[a-z-[aeiou]x]', '            ^'],
    ['\\p{Greek}', '^^^^^^^^^'],
    ['\\pL', '^^'],
    ['a\\y', ' ^^'],
    ['a\\', ' ^'],
    ['\\x4', '^^^'],
    ['\\u{41}', '^^^^^^'],
    ['\\c1', '^^^'],
    ['(a)\\2', '   ^^'],
    ['\\k<n>', '^^^^^'],
    ['(?<n>a)\\k{n}', '       ^^'],
    ['(?P<n>a)', '^^^'],
    ['(?<1a>x)', '^^^^^'],
    ['(?<0>x)', '^^^^'],
    ['(?<-n>a)', '^^^^^'],
    ['(?(1)a|b)', '^^^^^'],
    ['(a)(?(1)b|c|d)', '   ^^^^^^^^^^^'],
    ['a(?#b', ' ^^^^'],
    ['(?(?#c)a)', '^^^^^'],
    ["(?(?'n'a)b|c)", '^^^^^'],
    ['a{99999999999}', '  ^^^^^^^^^^'],
    ['(?', '^^'],
  ])('%s', (pattern, caret) => {
    const { kind, start, end, message } = failure(() => compileRegex(pattern))
    expect(kind).toBe('argument')
    expect(' '.repeat(start!) + '^'.repeat(end! - start!)).toBe(caret)
    expect(message).toMatch(/^[A-Z\\].*[^.]$/s)
  })
})

describe('refused patterns', () => {
  it.each([
    ['(a)?(?(1)b)', 4, 11],
    ['x|(?(?=a)ab)', 2, 12],
    ['[\\p{_xmlC}]', 1, 10],
    ['('.repeat(300), 250, 251],
  ])('%s', (pattern, start, end) => {
    expect(failure(() => compileRegex(pattern))).toMatchObject({ kind: 'unsupported', start, end })
  })

  it('not where a written alternative settles the meaning', () => {
    expect([...compileRegex('(a)?(?(1)b|)').matches('b')]).toHaveLength(2)
    expect(compileRegex('x(?(?=a)ab)').isMatch('xc')).toBe(true)
  })
})

describe('budget', () => {
  it('names the pattern and the budget', () => {
    const regex = compileRegex('(a)?(?(1)a*|b)*c', { stepBudget: 1000 })
    const { kind, message } = failure(() => regex.isMatch('a'.repeat(500)))
    expect(kind).toBe('budget')
    expect(message).toContain('(a)?(?(1)a*|b)*c')
    expect(message).toContain('1000')
  })

  it('decides between V8 and the matcher by the length of the text', () => {
    const regex = compileRegex('.*x', { stepBudget: 10_000 })
    expect(regex.runsNatively(20)).toBe(true)
    expect(regex.runsNatively(101)).toBe(false)
    expect(regex.isMatch(`${'a'.repeat(2000)}x`)).toBe(true)
  })

  it('counts all matches of a text together', () => {
    const regex = compileRegex('a', { engine: 'matcher', stepBudget: 1000 })
    expect(regex.replace('a'.repeat(100), 'b')).toBe('b'.repeat(100))
    expect(failure(() => regex.replace('a'.repeat(1000), 'b')).kind).toBe('budget')
  })

  it.each([
    '\\w{4000}',
    '(?:\\b\\w){1500}',
    '(?:(?:a|b){40}c){40}',
    '(?:[a-z]{1,3}\\.){500}',
    '\\w{1,2147483647}',
  ])('%s is too large for no engine', (pattern) => {
    const regex = compileRegex(pattern)
    expect(regex.isMatch('-')).toBe(false)
    expect(regex.isMatch('\u0967-')).toBe(pattern.endsWith('647}'))
  })
})

describe('cachedRegex', () => {
  it('gives the same expression again', () => {
    expect(cachedRegex('a+b')).toBe(cachedRegex('a+b'))
  })

  it('remembers failures', () => {
    expect(failure(() => cachedRegex('a**'))).toBe(failure(() => cachedRegex('a**')))
  })

  it('keeps the patterns used last and forgets the others', () => {
    const [kept, dropped] = [cachedRegex('kept'), cachedRegex('dropped')]
    for (let i = 0; i < 300; i++) {
      cachedRegex(`filler ${i}`)
      if (i % 100 === 0) cachedRegex('kept')
    }
    expect(cachedRegex('kept')).toBe(kept)
    expect(cachedRegex('dropped')).not.toBe(dropped)
  })
})
