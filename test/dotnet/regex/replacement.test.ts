import { describe, expect, it } from 'vitest'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'

const both = (
  pattern: string,
  run: (regex: ReturnType<typeof compileRegex>) => unknown,
  expected: unknown,
): void => {
  for (const engine of ['any', 'matcher'] as const)
    expect(run(compileRegex(pattern, { engine }))).toBe(expected)
}

describe('replacement tokens', () => {
  it.each([
    ['(\\w)(\\d)?', 'a1', '$1-$2', 'a-1'],
    ['(a)', 'xa', '$10', 'x$10'],
    ['(a)', 'xa', `\${1}0`, 'xa0'],
    ['(a)', 'xa', '$01$001', 'xaa'],
    ['(a)', 'xa', `$2\${2}\${n}`, `x$2\${2}\${n}`],
    ['(?<n>a)', 'xa', `\${n}\${ n}\${n`, `xa\${ n}\${n`],
    ['a', 'xay', "[$`|$&|$'|$_]", 'x[x|a|y|xay]y'],
    ['a', 'a', '$$1$', '$1$'],
    ['(a)(b)?', 'a', '<$+>', '<>'],
    ['(?<n>a)(b)', 'ab', '$+', 'a'],
    ['a', 'a', '$<n>$é', '$<n>$é'],
    ['(?<10>a)(b)', 'ab', '$10$1', 'ab'],
    ['(?<10>a)(b)', 'ab', '$1', 'b'],
    ['a', 'aa', '', ''],
    ['x*', 'axb', '-', '-a--b-'],
    ['^', 'ab', '-', '-ab'],
    ['$', 'ab\n', '!', 'ab!\n!'],
    ['(?<=a)', 'aa', '-', 'a-a-'],
    ['(1)(2)(3)(4)(5)(6)(7)(8)(9)(x)(y)', '123456789xy', '$11$1$10', 'y1x'],
  ])('%s in %j by %s', (pattern, text, replacement, expected) => {
    both(pattern, (regex) => regex.replace(text, replacement), expected)
  })

  it('refuses a group number that .NET cannot hold', () => {
    try {
      compileRegex('a').replace('', 'x$2147483648')
      expect.unreachable()
    } catch (reason) {
      expect(reason).toBeInstanceOf(DotnetFailure)
      expect(reason).toMatchObject({ kind: 'argument', start: 2, end: 12 })
    }
  })

  it('takes a replacement compiled before', () => {
    const regex = compileRegex('(?<a>\\d)')
    const replacement = regex.compileReplacement(`<\${a}>`)
    expect(regex.replace('1x2', replacement)).toBe('<1>x<2>')
    expect(regex.replace('3', replacement)).toBe('<3>')
  })
})

describe('replaceGroup', () => {
  it.each([
    ['(?<user>[^@]+)@(?<domain>.*)', 'jo@example.com', 'domain', 'x', 'jo@x'],
    ['(?<user>[^@]+)@(?<domain>.*)', 'jo@example.com', 'user', '$1', '$1@example.com'],
    ['(?<n>a)|b', 'ab', 'n', 'x', 'xb'],
    ['(?<n>a)+c', 'aac', 'n', 'x', 'axc'],
    ['(?<n>a)', 'ba', 'none', 'x', 'ba'],
    ['(\\d)-(\\d)', '1-2 3-4', '2', 'x', '1-x 3-x'],
    ['\\d+', '12a', '0', 'x', 'xa'],
    ['(?<=(?<n>a))b', 'ab', 'n', 'x', 'ab'],
    ['(a)(?<n>\\1)b', 'aab', 'n', '$&', 'a$&b'],
    ['(?<o>\\[)(?<-o>\\])', '[]', 'o', 'x', '[]'],
  ])('%s in %j: %s by %s', (pattern, text, group, literal, expected) => {
    both(pattern, (regex) => regex.replaceGroup(text, group, literal), expected)
  })
})

describe('extractGroup', () => {
  it.each([
    ['@(?<domain>[^.]+)', 'jo@example.com', 'domain', 'example'],
    ['@(?<domain>[^.]+)', 'jo', 'domain', null],
    ['(?<n>a)?b', 'b', 'n', null],
    ['(?<n>a)', 'a', 'none', null],
    ['b+', 'abb', '0', 'bb'],
    ['(?:(?<n>a)|b)+', 'ab', 'n', 'a'],
  ])('%s in %j: %s', (pattern, text, group, expected) => {
    both(pattern, (regex) => regex.extractGroup(text, group), expected)
  })
})

describe('match', () => {
  it('begins where it is told to, and looks back before that', () => {
    for (const engine of ['any', 'matcher'] as const) {
      const regex = compileRegex('(?<=a)(b)|^c', { engine })
      expect(regex.match('ab', 1)).toEqual([
        { start: 1, end: 2 },
        { start: 1, end: 2 },
      ])
      expect(regex.match('cc', 1)).toBeNull()
    }
  })
})
