import { expect, it } from 'vitest'
import { stripSpaces, trimWhiteSpace } from '../../../src/dotnet/text/white-space.js'

const dotnetWhiteSpace =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'

it('trims exactly the white space of .NET', () => {
  const trimmed: string[] = []
  for (let unit = 0; unit <= 0xffff; unit++) {
    const character = String.fromCharCode(unit)
    if (trimWhiteSpace(`${character}x${character}`) === 'x') trimmed.push(character)
  }
  expect(trimmed.join('')).toBe(dotnetWhiteSpace)
})

it.each([
  ['  a b\t', 'a b'],
  ['\ufeffa\u200b', '\ufeffa\u200b'],
  [dotnetWhiteSpace, ''],
  ['', ''],
])('trims %j', (text, expected) => {
  expect(trimWhiteSpace(text)).toBe(expected)
})

it.each([
  [' a b  c ', 'abc'],
  ['a\t\u00a0b', 'a\t\u00a0b'],
  ['abc', 'abc'],
])('strips spaces from %j', (text, expected) => {
  expect(stripSpaces(text)).toBe(expected)
})
