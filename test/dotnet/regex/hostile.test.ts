import { afterAll, describe, expect, it } from 'vitest'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { Matcher, MatcherProgram } from '../../../src/dotnet/regex/matcher.js'
import { parsePattern } from '../../../src/dotnet/regex/parser.js'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'
import { atLength } from '../../support/at-length.js'

/** Characters of the hostile texts. */
const LENGTH = atLength ? 50_000 : 8_000
const BUDGET = atLength ? 10_000_000 : 1_000_000

/** Patterns known to hang backtracking engines, with the unit of a text on which they do. `degree` is the least worst case. */
const CORPUS: readonly { pattern: string; unit: string; tail?: string; degree: number; solved?: boolean }[] =
  [
    { pattern: '(a+)+$', unit: 'a', tail: '!', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(a|aa)+$', unit: 'a', tail: '!', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(a|a)*b', unit: 'a', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(.*)*x', unit: 'a', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(.*?)*?x', unit: 'a', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(a*)*$', unit: 'a', tail: '!', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '^(\\w+\\s?)*$', unit: 'word ', tail: '!', degree: Number.POSITIVE_INFINITY, solved: true },
    {
      pattern: '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@)$',
      unit: 'a',
      degree: Number.POSITIVE_INFINITY,
      solved: true,
    },
    { pattern: '.*x', unit: 'a', degree: 2, solved: true },
    { pattern: '.*?x', unit: 'a', degree: 2, solved: true },
    { pattern: '\\s+$', unit: ' ', tail: 'x', degree: 2, solved: true },
    { pattern: '^\\s+|\\s+$', unit: ' ', tail: 'x', degree: 2, solved: true },
    { pattern: '\\d+-\\d+-', unit: '1', degree: 2, solved: true },
    { pattern: '[^@]+@[^@]+\\.', unit: 'a', degree: 2, solved: true },
    { pattern: '.*.*=.*', unit: 'x', degree: 3, solved: true },
    { pattern: 'x*y*x*y*z', unit: 'xy', degree: 2, solved: true },
    { pattern: '(x+x+)+y', unit: 'x', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '([a-z]+)*\\d', unit: 'abc', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(?:a?){50}a{50}b', unit: 'a', degree: 1 },
    { pattern: '((a{0,30}){0,30}){0,30}b', unit: 'a', degree: 1 },
    { pattern: '(a{1,100}){1,100}$', unit: 'a', tail: '!', degree: 1 },
    { pattern: '(?:a{2,}){2,}$', unit: 'a', tail: '!', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: 'a{0,50000}b', unit: 'a', degree: 1 },
    { pattern: '(?=.*x)(?=.*y)a', unit: 'a', degree: 2, solved: true },
    { pattern: '(?=(a+))\\1b', unit: 'a', degree: 2 },
    { pattern: '(?!.*(?:a+)+b)a*c', unit: 'a', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(?<=(?:a+)+)b', unit: 'a', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '(?<=a.*)b|(?<=.*z)a', unit: 'a', degree: 2, solved: true },
    { pattern: '(a+)\\1+$', unit: 'a', tail: '!', degree: 3 },
    { pattern: '(\\w+)\\s\\1', unit: 'a', degree: 2 },
    { pattern: '(?>a*)b', unit: 'a', degree: 2, solved: true },
    { pattern: '(?>(?:a|aa)+)b', unit: 'a', degree: Number.POSITIVE_INFINITY, solved: true },
    { pattern: '^(?:(?<o>\\()|(?<-o>\\))|[^()])*(?(o)(?!))$', unit: '(', degree: 1, solved: true },
    { pattern: '((?<o>a)|(?<-o>a)|a)*$', unit: 'a', tail: '!', degree: Number.POSITIVE_INFINITY },
    { pattern: '(a)?(?(1)a*|b)*c', unit: 'a', degree: 2 },
    { pattern: '(?i)(a|A)*B\\1', unit: 'aA', degree: Number.POSITIVE_INFINITY },
    { pattern: '(?:\\G|,)(a+)+$', unit: 'a', tail: '!', degree: Number.POSITIVE_INFINITY, solved: true },
  ]

const report: string[] = []
afterAll(() => console.log(report.join('\n')))

describe('hostile patterns on long texts', () => {
  it('has enough of them, each different', () => {
    expect(new Set(CORPUS.map(({ pattern }) => pattern)).size).toBe(CORPUS.length)
    expect(CORPUS.length).toBeGreaterThanOrEqual(25)
  })

  it.each(CORPUS)('$pattern stays within the budget', ({ pattern, unit, tail = '', degree, solved }) => {
    const text = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH - tail.length) + tail
    const regex = compileRegex(pattern, { stepBudget: BUDGET })
    expect(regex.degree).toBeGreaterThanOrEqual(degree)
    if (degree > 1) expect(regex.runsNatively(text.length)).toBe(false)

    const matcher = new Matcher(new MatcherProgram(parsePattern(pattern)), text, BUDGET)
    let found: boolean | 'budget'
    const before = performance.now()
    try {
      found = matcher.search(0) !== null
    } catch (reason) {
      expect(reason).toBeInstanceOf(DotnetFailure)
      expect((reason as DotnetFailure).kind).toBe('budget')
      expect((reason as DotnetFailure).message).toContain(pattern)
      expect((reason as DotnetFailure).message).toContain(String(BUDGET))
      found = 'budget'
    }
    const time = performance.now() - before
    // The step with which the budget is exceeded is the last one; a run of units counts at once.
    expect(matcher.steps).toBeLessThanOrEqual(BUDGET + LENGTH + 1)
    if (solved) expect(found).not.toBe('budget')

    const start = performance.now()
    if (found === 'budget') expect(regex.runsNatively(text.length)).toBe(false)
    else {
      expect(regex.isMatch(text)).toBe(found)
      if (!found) expect(regex.replace(text, '-')).toBe(text)
    }
    report.push(
      `${pattern.padEnd(55)} ${String(found).padEnd(7)} ${String(matcher.steps).padStart(9)} steps ${time.toFixed(0).padStart(5)} ms; isMatch and replace ${(performance.now() - start).toFixed(0)} ms`,
    )
  })
})

describe('hostile pattern texts', () => {
  const LONG = 20_000
  it.each([
    ['a long literal', 'a'.repeat(LONG)],
    ['many alternatives', Array.from({ length: LONG / 4 }, (_, i) => `w${i}`).join('|')],
    ['many loops', 'a*'.repeat(LONG / 2)],
    ['many classes', '[^a]'.repeat(LONG / 4)],
    ['many groups', '(a)'.repeat(LONG / 4)],
    ['many names', Array.from({ length: 2000 }, (_, i) => `(?<n${i}>a)`).join('')],
    ['deep groups', `${'(?:a'.repeat(250)}${')*'.repeat(250)}`],
    ['deep counted loops', `${'(?:a'.repeat(200)}${'){2}'.repeat(200)}`],
    ['deep lookarounds', `${'(?=a|b'.repeat(250)}${')'.repeat(250)}`],
    ['too deep groups', '('.repeat(LONG)],
    ['deep subtraction', '[a-z-'.repeat(LONG)],
  ])('%s compiles, or is refused, in the time of a blink', (_, pattern) => {
    const before = performance.now()
    try {
      compileRegex(pattern, { stepBudget: 100_000 }).isMatch('aaab'.repeat(50))
    } catch (reason) {
      expect(reason).toBeInstanceOf(DotnetFailure)
    }
    report.push(`${_.padEnd(55)} ${(performance.now() - before).toFixed(0)} ms`)
  })
})
