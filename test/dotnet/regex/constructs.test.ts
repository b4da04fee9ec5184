import { describe, expect, it } from 'vitest'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'

/** All matches as texts; where the pattern has groups, as [match, ...groups]. */
const find = (pattern: string, text: string, engine: 'any' | 'matcher'): unknown => {
  const regex = compileRegex(pattern, { engine })
  const found = [...regex.matches(text)].map((spans) =>
    spans.map((span) => span && text.slice(span.start, span.end)),
  )
  expect(regex.isMatch(text)).toBe(found.length > 0)
  return regex.groupNames.length === 1 ? found.map(([match]) => match) : found
}

type Row = readonly [pattern: string, text: string, expected: readonly unknown[]]
const KELVIN = '\u212a'

const CONSTRUCTS: Readonly<Record<string, readonly Row[]>> = {
  literals: [
    ['a.c', 'abc a\nc a\rc', ['abc', 'a\rc']],
    ['(?s)a.c', 'a\nc', ['a\nc']],
    ['a{,2}', 'aa{,2}', ['a{,2}']],
    ['x{1', 'x{1', ['x{1']],
    ['}{', '}{', ['}{']],
    ['a{2}', 'aaaaa', ['aa', 'aa']],
    ['\\x41\\u0042\\103\\cA\\e', 'ABC\x01\x1b', ['ABC\x01\x1b']],
    ['\\0', '\0', ['\0']],
    ['\\400', '\0', ['\0']],
    ['🙂+', '🙂\ude42', ['🙂\ude42']],
    ['^.$', '🙂', []],
  ],
  classes: [
    ['\\d', '1\u0967x', ['1', '\u0967']],
    ['\\w+', 'Zoë_1 \u0301-', ['Zoë_1', '\u0301']],
    ['\\s', '\u0085\ufeff\u00a0', ['\u0085', '\u00a0']],
    ['[a-z-[aeiou]]+', 'abcde', ['bcd']],
    ['[a-z-[d-w-[m]]]+', 'cdmx', ['c', 'mx']],
    ['[^a-z-[x]]', 'Ax', ['A']],
    ['[]a]+', 'a]b', ['a]']],
    ['[^]a]', 'a]b', ['b']],
    ['[a\\-z]+', 'a-z', ['a-z']],
    ['[\\b]', '\b', ['\b']],
    ['[[:alpha:]]', 'a[:', ['[']],
    ['\\p{IsGreek}+', 'aλβ', ['λβ']],
    ['\\P{IsBasicLatin}', 'aé', ['é']],
    ['[\\p{Lu}\\d]+', 'AB1c', ['AB1']],
    ['\\p{Cs}', '🙂', ['\ud83d', '\ude42']],
    ['[\\s\\S]', '\n', ['\n']],
  ],
  case: [
    ['(?i)k', `kK${KELVIN}`, ['k', 'K', KELVIN]],
    ['(?i)s', 'sS\u017f', ['s', 'S']],
    ['(?i)i', 'iI\u0130\u0131', ['i', 'I']],
    ['(?i)[a-c]+', 'aBCd', ['aBC']],
    ['(?i)[^a]', 'aAb', ['b']],
    ['(?i)\\p{Lu}+', 'aB1', ['aB']],
    ['a(?i)b(?-i)c', 'aBc ABc aBC', ['aBc']],
    ['(?i:a)b', 'Ab AB', ['Ab']],
    ['(?i)(a)\\1', 'aA', [['aA', 'a']]],
  ],
  anchors: [
    ['a$', 'a\n', ['a']],
    ['a$', 'a\r\n', []],
    ['a\\Z', 'a\n', ['a']],
    ['a\\z', 'a\n', []],
    ['(?m)^a', 'a\na\ra', ['a', 'a']],
    ['(?m)a$', 'a\r\na\n', ['a']],
    ['\\Ga', 'aab', ['a', 'a']],
    ['\\bé', 'é xé', ['é']],
    ['\\Bo', 'éo o', ['o']],
    ['a\\b', 'a\u200d a', ['a']],
  ],
  quantifiers: [
    ['a*?b', 'aab', ['aab']],
    ['a??b', 'ab', ['ab']],
    ['a+?', 'aa', ['a', 'a']],
    ['a{1,2}?', 'aaa', ['a', 'a', 'a']],
    [
      '(|a)+',
      'a',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    [
      '(a*)*',
      'b',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    [
      '(a*)+',
      'aab',
      [
        ['aa', ''],
        ['', ''],
        ['', ''],
      ],
    ],
    ['(a?)??b', 'ab', [['ab', 'a']]],
    [
      '(?:(a)|b)*',
      'ab',
      [
        ['ab', 'a'],
        ['', null],
      ],
    ],
    ['(?x) a b # comment\n +', 'abb', ['abb']],
    ['a(?#comment)b', 'ab', ['ab']],
    ['(?x)a\\ [ b]', 'a b a  ', ['a b', 'a  ']],
  ],
  groups: [
    ['(a)(?<n>b)(c)', 'abc', [['abc', 'a', 'c', 'b']]],
    ['(?<n>a)(?<n>b)', 'ab', [['ab', 'b']]],
    ["(?'n'a)\\k'n'", 'aa', [['aa', 'a']]],
    ['(?<3>a)(b)', 'ab', [['ab', 'b', 'a']]],
    ['(?n)(a)(?<x>b)', 'ab', [['ab', 'b']]],
    ['(?>a+)ab|b', 'aab', ['b']],
    ['(?>a|ab)c|x', 'abcx', ['x']],
    ['(a|ab)(c|bcd)(d*)', 'abcd', [['abcd', 'a', 'bcd', '']]],
    ['(?:(?<a>x)|y)+', 'xy', [['xy', 'x']]],
  ],
  references: [
    ['(a)?\\1b', 'b ab aab', [['aab', 'a']]],
    ['(?:(a)|b)\\1', 'b aa', [['aa', 'a']]],
    ['\\1(a)', 'aa', []],
    ['(a)\\11', 'a\t', [['a\t', 'a']]],
    ['(?<n>.)\\<n>', 'abb', [['bb', 'b']]],
  ],
  lookaround: [
    ['a(?!b)', 'abac', ['a']],
    [
      '(?=(a+))a*b\\1',
      'aba aaba',
      [
        ['aba', 'a'],
        ['aba', 'a'],
      ],
    ],
    ['(?<=\\$)\\d+', '$12', ['12']],
    ['(?<=(\\d+))x', '12x', [['x', '12']]],
    ['(?<=(\\d+)(\\d+))x', '123x', [['x', '1', '23']]],
    ['(?<!a|b)c', 'acbcc', ['c']],
    ['(?<=\\1(a))b', 'aab', [['b', 'a']]],
    ['(?<=a.*)b', 'a b b', ['b', 'b']],
  ],
  conditionals: [
    [
      '(a)?(?(1)b|c)',
      'ab c',
      [
        ['ab', 'a'],
        ['c', null],
      ],
    ],
    ['(?<x>a)?(?(x)b|c)', 'ab', [['ab', 'a']]],
    ['(?(?=\\d)\\d{3}|[a-z]{2})', '123ab', ['123', 'ab']],
    ['(?(\\d)1x|y)', '1xy', ['1x', 'y']],
    ['(?(n)nx|y)', 'nx', ['nx']],
    ['(?<=(?(?<=b)ab|c))d', 'abd cd', ['d', 'd']],
    [
      '(\\()?\\d+(?(1)\\))',
      '(1) 2',
      [
        ['(1)', '('],
        ['2', null],
      ],
    ],
  ],
  balancing: [
    ['^(?:(?<o>\\()|(?<-o>\\))|[^()])*(?(o)(?!))$', '(a(b)c)', [['(a(b)c)', null]]],
    ['^(?:(?<o>\\()|(?<-o>\\))|[^()])*(?(o)(?!))$', '((a)', []],
    ['((?<O>\\()[^()]*(?<C-O>\\)))+', '(a)(b)', [['(a)(b)', '(b)', null, 'b']]],
    ['(?<open>\\[)(?<-open>\\])', '[]', [['[]', null]]],
  ],
}

for (const [construct, rows] of Object.entries(CONSTRUCTS)) {
  describe(construct, () => {
    it.each(rows)('%s on %j', (pattern, text, expected) => {
      expect(find(pattern, text, 'any')).toEqual(expected)
      expect(find(pattern, text, 'matcher')).toEqual(expected)
    })
  })
}

describe('engine', () => {
  it.each([
    '^[^@]+@x$',
    '\\b\\w+',
    '(?i)smith',
    '(?>a+)b',
    '(?m)^a$',
    '(?<a>.)(b)',
    '(?:x|yz)*',
    '(a)\\1',
    '(?(?=a)b|c)',
  ])('%s runs on V8', (pattern) => {
    expect(compileRegex(pattern).engine).toBe('v8')
  })

  it.each(['\\Ga', '(?<o>a)(?<-o>b)', '(a)?(?(1)b|c)', '(a)?\\1', '(?:|a)+', '(?i)(a)\\1', '(a|b+)+'])(
    '%s is left to the matcher',
    (pattern) => {
      expect(compileRegex(pattern).engine).toBe('matcher')
    },
  )

  it.each([
    ['abc', 1],
    ['^.*x', 1],
    ['.*x', 2],
    ['\\s+$', 2],
    ['^(\\w+)\\s+(\\w+)$', 1],
    ['.*.*x', 3],
    ['(a+)+$', Number.POSITIVE_INFINITY],
    ['(a|aa)*b', Number.POSITIVE_INFINITY],
    ['(?:[a-z]+,)*x', 2],
  ])('%s has a worst-case degree of at least %d', (pattern, degree) => {
    expect(compileRegex(pattern).degree).toBeGreaterThanOrEqual(degree)
  })

  it.each([
    '^[^@]+@.+$',
    '(?<first>\\w+)\\s+(?<last>\\w+)$',
    '[()\\s-]+',
    '^(mr|mrs|dr)\\.?\\s+',
    '^CN=(?<cn>[^,]+),OU=',
  ])('%s runs on V8 for attributes of 256 characters', (pattern) => {
    expect(compileRegex(pattern).runsNatively(256)).toBe(true)
  })
})
