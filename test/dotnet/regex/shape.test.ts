import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'

/** Patterns whose answers need no engine for most texts. */
const tests = [
  '^ab$',
  '^ab',
  'ab$',
  'ab',
  '^.*ab$',
  '^.*ab',
  '.*ab$',
  '^(.)*b$',
  'ab\\z',
  '^ab\\z',
  '^(ab|b|a c)',
  '^(?:a|ab)$',
  '^(a|b)\\z',
  '(a|b)',
  '^(a|)',
]
const replacements = ['[ab]+', '[ab]', 'a+', 'a', '[^a]+', '\\s+', '[\\s-]+', '[ab]{2,}', '[ab]+?', '[ab]*']

const text = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', 'c', '\n', '\u00a0', '-', 'é', '$'),
  maxLength: 8,
})

describe('patterns that need no engine', () => {
  it.each(tests)('answers %s as the matcher does', (pattern) => {
    const quick = compileRegex(pattern)
    const slow = compileRegex(pattern, { engine: 'matcher' })
    fc.assert(
      fc.property(text, (input) => {
        expect(quick.isMatch(input)).toBe(slow.isMatch(input))
      }),
    )
  })

  it.each(replacements.flatMap((pattern) => ['', 'x', '-$-', '[$&]'].map((by) => [pattern, by] as const)))(
    'replaces %s by %j as the matcher does',
    (pattern, by) => {
      const quick = compileRegex(pattern)
      const slow = compileRegex(pattern, { engine: 'matcher' })
      const replace = quick.nativeReplacer(quick.compileReplacement(by))
      fc.assert(
        fc.property(text, (input) => {
          expect(replace?.(input)).toBe(slow.replace(input, by))
        }),
      )
    },
  )
})
