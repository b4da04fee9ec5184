import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standardLibrary } from '../../src/functions/index.js'
import { TEXT_LIMIT } from '../../src/functions/runtime/limits.js'
import { call, faultOf } from './bodies.js'

const _ = undefined

describe('Replace of a text', () => {
  const replace = (source: unknown, oldValue: unknown, newValue: unknown) =>
    call('Replace', source, oldValue, _, _, newValue)

  it('replaces every occurrence, ordinal and case-sensitive', () => {
    expect(replace('a-b-c', '-', '+')).toBe('a+b+c')
    expect(replace('aaa', 'aa', 'b')).toBe('ba')
    expect(replace('Aa', 'a', '')).toBe('A')
  })
  it('takes the new text literally', () => {
    expect(replace('a.b', '.', '$&$1')).toBe('a$&$1b')
  })
  it('gives null for null in what the mode needs', () => {
    expect(replace(null, '-', '+')).toBeNull()
    expect(replace('a', null, '+')).toBeNull()
    expect(replace('a', 'a', null)).toBeNull()
  })
  it('refuses an empty oldValue, except for a null source', () => {
    expect(faultOf(() => replace('a', '', 'b'))).toBe('AF5013')
    expect(replace(null, '', 'b')).toBeNull()
  })
  it('stops before a text beyond the limit is built', () => {
    const long = 'x'.repeat(TEXT_LIMIT)
    expect(faultOf(() => replace(long, 'x', long))).toBe('AF5012')
    expect(replace(long, 'x', 'y')).toHaveLength(TEXT_LIMIT)
  })
  it('agrees with a pattern that is the escaped text', () => {
    const word = fc.stringMatching(/^[ab.$]{1,3}$/)
    fc.assert(
      fc.property(fc.stringMatching(/^[ab.$]{0,12}$/), word, word, (source, oldValue, newValue) => {
        const pattern = oldValue.replaceAll(/[.$]/g, '\\$&')
        const literal = newValue.replaceAll('$', '$$$$')
        expect(call('Replace', source, _, pattern, _, literal)).toBe(replace(source, oldValue, newValue))
      }),
    )
  })
})

describe('Replace in a template', () => {
  const fill = (source: unknown, oldValue: unknown, template: unknown) =>
    call('Replace', source, oldValue, _, _, _, _, template)

  it('replaces the text in the template by the source', () => {
    expect(fill('ada', 'NAME', 'NAME@NAME.org')).toBe('ada@ada.org')
    expect(fill('', 'NAME', 'x-NAME')).toBe('x-')
    expect(fill('ada', 'NAME', 'plain')).toBe('plain')
  })
  it('gives null for null', () => {
    expect(fill(null, 'NAME', 'NAME')).toBeNull()
    expect(fill('ada', 'NAME', null)).toBeNull()
  })
})

describe('Replace by a pattern', () => {
  const replace = (source: unknown, pattern: unknown, newValue: unknown) =>
    call('Replace', source, _, pattern, _, newValue)

  it('replaces every match and reads group references', () => {
    expect(replace('+49 (30) 12', '[^0-9]', '')).toBe('493012')
    expect(replace('Ada Berg', '(?<f>\\w+) (?<l>\\w+)', `\${l} $1`)).toBe('Berg Ada')
    expect(replace('abc', 'x*', '-')).toBe('-a-b-c-')
  })
  it('leaves a source without a match', () => {
    expect(replace('abc', '[0-9]', 'x')).toBe('abc')
  })
  it('gives null for null', () => {
    expect(replace(null, 'a', 'b')).toBeNull()
    expect(replace('a', null, 'b')).toBeNull()
    expect(replace('a', 'a', null)).toBeNull()
  })
  it('refuses an invalid pattern', () => {
    expect(faultOf(() => replace('a', '(', ''))).toBe('AF5009')
    expect(faultOf(() => replace('a', '[z-a]', ''))).toBe('AF5009')
  })
  it('has a budget', () => {
    expect(faultOf(() => replace(`${'a'.repeat(50_000)}!`, '(a+)+$', ''))).toSatisfy(
      (code) => code === undefined || code === 'AF5010',
    )
  })
  it('cannot be made to explode', () => {
    const long = 'x'.repeat(20_000)
    expect(faultOf(() => replace(long, 'x', long))).toBe('AF5012')
    expect(faultOf(() => replace(long, 'x', '$_$_$_'))).toBe('AF5012')
    expect(faultOf(() => replace(long, 'x', "$'"))).toBe('AF5012')
    expect(replace(long, 'x+', '$0$0')).toHaveLength(40_000)
    expect(replace(long, 'x', 'yz')).toHaveLength(40_000)
  })
})

describe('Replace of a group', () => {
  const replace = (source: unknown, pattern: unknown, group: unknown, newValue: unknown) =>
    call('Replace', source, _, pattern, group, newValue)

  it('replaces only what the group captured, literally', () => {
    expect(replace('ada@example.org', '(?<user>[^@]+)@', 'user', '$0')).toBe('$0@example.org')
    expect(replace('a1b2', '[a-z](?<digit>[0-9])', 'digit', '-')).toBe('a-b-')
  })
  it('leaves the source for an unknown group, no match and an unset group', () => {
    expect(replace('a1', '[a-z](?<digit>[0-9])', 'other', '-')).toBe('a1')
    expect(replace('!!', '[a-z](?<digit>[0-9])', 'digit', '-')).toBe('!!')
    expect(replace('a', 'a(?<digit>[0-9])?', 'digit', '-')).toBe('a')
  })
  it('cannot be made to explode', () => {
    const long = 'x'.repeat(20_000)
    expect(faultOf(() => replace(long, '(?<g>x)', 'g', long))).toBe('AF5012')
  })
  it('gives null for null', () => {
    expect(replace(null, '(?<g>x)', 'g', '')).toBeNull()
    expect(replace('x', '(?<g>x)', null, '')).toBeNull()
  })
})

describe('Replace from another attribute', () => {
  const extract = (source: unknown, pattern: unknown, group: unknown, other: unknown) =>
    call('Replace', source, _, pattern, group, _, other)
  const user = '(?<user>[^@]+)@'

  it('gives the source when it has a value', () => {
    expect(extract('alias', user, 'user', 'ada@example.org')).toBe('alias')
    expect(extract('alias', null, null, null)).toBe('alias')
  })
  it('extracts the group for null and for ""', () => {
    expect(extract(null, user, 'user', 'ada@example.org')).toBe('ada')
    expect(extract('', user, 'user', 'ada@example.org')).toBe('ada')
  })
  it('gives null when there is nothing to extract', () => {
    expect(extract(null, user, 'user', 'ada')).toBeNull()
    expect(extract('', user, 'other', 'ada@example.org')).toBeNull()
    expect(extract(null, user, 'user', null)).toBeNull()
    expect(extract(null, null, 'user', 'ada@example.org')).toBeNull()
  })
  it('takes the first of several values that has the group', () => {
    expect(extract(null, user, 'user', ['none', null, 'bo@x', 'cy@x'])).toBe('bo')
  })
})

describe('the modes of Replace', () => {
  const names = ['old', 'regex', 'group', 'replacement', 'attribute', 'template']
  const modes = [
    'old+replacement',
    'old+template',
    'regex+replacement',
    'regex+group+replacement',
    'regex+group+attribute',
  ]
  const { checkModes } = standardLibrary.get('Replace')!

  it('are five of the 64 combinations', () => {
    const accepted: string[] = []
    for (let bits = 0; bits < 64; bits++) {
      const given = names.map((_name, index) => (bits & (1 << index)) !== 0)
      if (checkModes!([true, ...given]) === undefined) {
        accepted.push(names.filter((_name, index) => given[index]).join('+'))
      }
    }
    expect(accepted.sort()).toEqual([...modes].sort())
  })
  it('are named when none fits', () => {
    expect(checkModes!([true, true, true])).toBe('oldValue + regexPattern')
    expect(checkModes!([true])).toBe('the source alone')
  })
})

describe('literal patterns', () => {
  const check = standardLibrary.get('Replace')!.parameters[2]!.checkLiteral!

  it('are checked with the place of the fault', () => {
    expect(check('[a-z]+')).toBeUndefined()
    expect(check('a(b')).toMatchObject({ code: 'AF3009', start: expect.any(Number) })
  })
})
