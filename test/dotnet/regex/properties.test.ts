import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import type { RegexPattern } from '../../../src/dotnet/regex/ast.js'
import { searchBound, stepsWithin } from '../../../src/dotnet/regex/complexity.js'
import { Matcher, MatcherProgram } from '../../../src/dotnet/regex/matcher.js'
import { parsePattern } from '../../../src/dotnet/regex/parser.js'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'
import { subject, translatablePattern, wildPattern } from './arbitrary-pattern.js'

const BUDGET = 300_000

/** The result, or the kind of failure; a failure other than a DotnetFailure is an error. */
const outcome = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (reason) {
    if (!(reason instanceof DotnetFailure)) throw reason
    return { failure: reason.kind }
  }
}

const searchAll = (pattern: string, text: string, memoAfter: number): unknown =>
  outcome(() => {
    const matcher = new Matcher(new MatcherProgram(parsePattern(pattern)), text, BUDGET, memoAfter)
    const found = []
    for (let at = 0; at <= text.length; ) {
      const spans = matcher.search(at)
      if (spans === null) break
      found.push(spans.map((span) => span && [span.start, span.end]))
      at = spans[0]!.end === spans[0]!.start ? spans[0]!.end + 1 : spans[0]!.end
    }
    return found
  })

const isBudget = (result: unknown): boolean => JSON.stringify(result) === '{"failure":"budget"}'

const all = (pattern: string, text: string, engine: 'any' | 'matcher'): unknown =>
  outcome(() => {
    const regex = compileRegex(pattern, { engine, stepBudget: BUDGET })
    return {
      isMatch: regex.isMatch(text),
      matches: [...regex.matches(text)],
      literal: regex.replace(text, '<$&>'),
      grouped: regex.replace(text, '[$1$+]'),
      inGroup: regex.replaceGroup(text, '1', '$x'),
      extracted: regex.extractGroup(text, '1'),
    }
  })

const runs = 1500
const STEPS_FOR_ONE = 40

/** Loops over everything that matches and may give back what it matched. */
const loopedPattern = fc
  .letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('a', 'b', '[ab]', 'a*', 'a*b', 'a?', 'b{0,2}'),
      fc
        .tuple(
          fc.constantFrom(
            '(?>%|a)*c',
            '(?>%|a)*',
            '(?=%)a*',
            '(?(%)b|a)*',
            '(?:%|b)*',
            '(?:%)?',
            '(%)b',
            '(?!%b)a*',
          ),
          tie('node'),
        )
        .map(([frame, inner]) => frame.replace('%', () => inner)),
    ),
  }))
  .node.chain((inner) => fc.constantFrom(`^${inner}c`, `${inner}c`, inner))

/** The steps of a search without memo for all starts, up to a limit. */
const stepsOf = (pattern: RegexPattern, text: string, limit: number): number => {
  const matcher = new Matcher(new MatcherProgram(pattern), text, limit, Number.POSITIVE_INFINITY)
  try {
    matcher.search(0)
  } catch (reason) {
    if (!(reason instanceof DotnetFailure)) throw reason
  }
  return matcher.steps
}

describe('engines', () => {
  it('agree: translation and matcher', () => {
    let native = 0
    fc.assert(
      fc.property(translatablePattern, subject, (pattern, text) => {
        const regex = outcome(() => compileRegex(pattern, { stepBudget: BUDGET }).engine)
        const [translated, matched] = [all(pattern, text, 'any'), all(pattern, text, 'matcher')]
        if (isBudget(translated) || isBudget(matched)) return
        if (regex === 'v8') native++
        expect(translated).toEqual(matched)
      }),
      { numRuns: runs },
    )
    expect(native).toBeGreaterThan(runs / 4)
  })

  it('take no more steps than their bound claims, whatever the construct', () => {
    let bounded = 0
    const units = fc.stringMatching(/^[ab]{1,3}$/)
    fc.assert(
      fc.property(fc.oneof(loopedPattern, translatablePattern, wildPattern), units, (pattern, unit) => {
        const parsed = outcome(() => parsePattern(pattern)) as RegexPattern | { failure: string }
        if ('failure' in parsed) return
        const bound = searchBound(parsed.root)
        if (bound.degree > 4) return
        bounded++
        for (const length of [12, 24]) {
          const text = unit.repeat(length).slice(0, length)
          const claimed = stepsWithin(bound, length)
          const steps = stepsOf(parsed, text, STEPS_FOR_ONE * claimed)
          // What the analysis counts as one step are a few instructions of the matcher.
          expect(steps, `${pattern} on ${length}`).toBeLessThanOrEqual(STEPS_FOR_ONE * claimed)
        }
      }),
      { numRuns: runs * 2 },
    )
    expect(bounded).toBeGreaterThan(runs / 4)
  })

  it('agree: with and without memo, also where memo entries are shared by many starts', () => {
    fc.assert(
      fc.property(fc.oneof(translatablePattern, wildPattern), subject, (pattern, text) => {
        const plain = searchAll(pattern, text, Number.POSITIVE_INFINITY)
        const memoized = searchAll(pattern, text, 0)
        if (isBudget(plain)) return
        expect(memoized).toEqual(plain)
      }),
      { numRuns: 2 * runs },
    )
  })
})

const rewrites: readonly [name: string, rewrite: (pattern: string) => string][] = [
  ['(?:x)', (pattern) => `(?:${pattern})`],
  ['x|x', (pattern) => `(?:${pattern}|${pattern})`],
  ['(?:x){1}', (pattern) => `(?:${pattern}){1}`],
  ['(?-i:x)', (pattern) => `(?-i:${pattern})`],
  ['comment', (pattern) => `(?#c)${pattern}(?#c)`],
  ['x or nothing', (pattern) => `(?:${pattern}|(?!))`],
  ['(?=)x', (pattern) => `(?=)${pattern}`],
]

describe('equivalent rewrites', () => {
  it.each(rewrites)('%s changes no match', (_, rewrite) => {
    fc.assert(
      fc.property(translatablePattern, subject, (pattern, text) => {
        // Doubled groups would be numbered on.
        const uncaptured = pattern.replaceAll(/\((?!\?)/g, '(?:')
        for (const engine of ['any', 'matcher'] as const) {
          const [before, after] = [uncaptured, rewrite(uncaptured)].map((source) =>
            outcome(() => [...compileRegex(source, { engine, stepBudget: BUDGET }).matches(text)]),
          )
          if (isBudget(before) || isBudget(after)) continue
          expect(after).toEqual(before)
        }
      }),
      { numRuns: runs / 5 },
    )
  })
})

describe('totality', () => {
  const fragment = fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '?',
    '*',
    '+',
    '|',
    '\\',
    '^',
    '$',
    '.',
    '-',
    '<',
    '>',
    '=',
    '!',
    ':',
    "'",
    '#',
    ',',
    '1',
    '0',
    'a',
    'n',
    'k',
    'p',
    'P',
    'x',
    'u',
    'c',
    'i',
    'b',
    'G',
    ' ',
    '\n',
    'Lu',
    'IsGreek',
    '(?',
    '(?<',
    '(?(',
    '(?<n>',
    '\\p{',
  )
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.array(fragment, { maxLength: 25 }).map((parts) => parts.join('')),
  )

  it('no pattern, text or replacement makes it throw anything but a DotnetFailure', () => {
    fc.assert(
      fc.property(
        anything,
        fc.string({ unit: 'binary', maxLength: 12 }),
        anything,
        (pattern, text, replacement) => {
          outcome(() => {
            const regex = compileRegex(pattern, { stepBudget: BUDGET })
            regex.isMatch(text)
            for (const _ of regex.matches(text));
            regex.replace(text, replacement)
            for (const name of regex.groupNames) {
              regex.replaceGroup(text, name, replacement)
              regex.extractGroup(text, name)
            }
          })
        },
      ),
      { numRuns: 4 * runs },
    )
  })

  it('every invalid pattern is told with a place inside it', () => {
    fc.assert(
      fc.property(anything, (pattern) => {
        try {
          parsePattern(pattern)
        } catch (reason) {
          expect(reason).toBeInstanceOf(DotnetFailure)
          const { start, end } = reason as DotnetFailure
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start!)
          expect(end).toBeLessThanOrEqual(pattern.length)
        }
      }),
      { numRuns: 4 * runs },
    )
  })
})
