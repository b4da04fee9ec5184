import assert from 'node:assert/strict'
import {
  compileOutputFormat,
  compileParseFormat,
  DATE_INTERVALS,
  type DateEnvironment,
  DateTime,
  dateAdd,
  dateDiff,
  formatDateTime,
  parseDateTime,
  parseExact,
} from '../../../src/dotnet/dates/index.js'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { compileRegex } from '../../../src/dotnet/regex/regex.js'
import { endMetering } from '../../../src/dotnet/step-meter.js'
import { dateTimes } from '../../dotnet/dates/arbitraries.js'
import { subject, translatablePattern, wildPattern } from '../../dotnet/regex/arbitrary-pattern.js'
import { mutateText } from '../mutate.js'
import type { Target } from '../target.js'

/** The result of an action; undefined when it fails in the way that .NET would. */
const attempt = <T>(action: () => T): T | undefined => {
  try {
    return action()
  } catch (failure) {
    if (failure instanceof DotnetFailure) return undefined
    throw failure
  }
}

const patternPieces: readonly string[] = [
  '(?<n>',
  '(?<n-m>',
  '(?(n)',
  '(?#',
  '(?x)',
  '(?i-s:',
  '(?=',
  '(?!',
  '(?<=',
  '(?<!',
  '(?>',
  '[^',
  '-[',
  '{2,}',
  '{0,1000}',
  '{9999999999}',
  '{3,1}',
  '\\p{L}',
  '\\p{IsGreek}',
  '\\P{',
  '\\k<n>',
  "\\k'n'",
  '\\1',
  '\\99',
  '\\x4',
  '\\u12',
  '\\cA',
  '\\c',
  '\\G',
  '\\Z',
  '[[:alpha:]]',
  '[z-a]',
  '.*',
  '(a+)+',
  '(.*)*$',
  '|',
  '$',
  '^',
  '\\',
  ')',
]
const replacementPieces: readonly string[] = [
  '$1',
  `\${n}`,
  '$$',
  '$&',
  '$`',
  "$'",
  '$+',
  '$_',
  '$',
  '${',
  '$99',
]

export const regularExpressions: Target = {
  name: 'regular expressions',
  cases: 3_000,
  prepare: () => ({
    run(random) {
      endMetering()
      const valid = random.draw(random.once(2) ? translatablePattern : wildPattern)
      const pattern = random.once(3) ? valid : mutateText(random, valid, patternPieces).slice(0, 3000)
      let text = random.draw(subject)
      if (random.once(3)) text = text.repeat(random.size(400))
      const options = { stepBudget: 200_000 } as const
      const regex = attempt(() => compileRegex(pattern, options))
      if (regex === undefined) return
      const matcher = compileRegex(pattern, { ...options, engine: 'matcher' })
      const replaceWith = mutateText(random, '-', replacementPieces).slice(0, 100)
      const either = attempt(() => regex.replace(text, replaceWith))
      const slow = attempt(() => matcher.replace(text, replaceWith))
      if (either !== undefined && slow !== undefined) assert.equal(either, slow, `both engines on ${pattern}`)
    },
  }),
}

const formats: readonly string[] = [
  'yyyy-MM-dd',
  'M/d/yyyy h:mm:ss tt',
  'yyyyMMddHHmmss.f\\Z',
  "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  'o',
  'r',
  's',
  'u',
  'D',
  'g',
  '%d',
  'yy',
  'gg',
  'zzz',
  'K',
  'FFFFFFF',
  'fff',
  '"',
  "'",
  '\\',
  '%',
  '%%',
  'HHHH',
  'tt',
]
const texts: readonly string[] = [
  '2025-07-30T12:00:00Z',
  '7/30/2025 1:02:03 PM',
  '30 Jul 2025',
  '20250730120000.0Z',
  '10:30',
  'Wed, 30 Jul 2025',
  '2025-07-30T12:00:00.1234567+02:00',
  '12/31/9999 23:59:59',
  '1.1.0001',
  '24:00',
  '2025-02-29',
  'AD',
  'UTC',
  'Sept',
]

export const dates: Target = {
  name: 'dates',
  cases: 20_000,
  prepare: () => ({
    run(random) {
      const environment: DateEnvironment = {
        now: new DateTime(739_000, 0, 'utc'),
        hostTimeZone: random.pick(['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns']),
      }
      const format = mutateText(random, random.pick(formats), formats).slice(0, 300)
      const text = mutateText(random, random.pick(texts), texts).slice(0, 300)
      const read = attempt(() => parseDateTime(text, environment))
      attempt(() => parseExact(text, compileParseFormat(format, random.below(256)), environment))
      const date = read ?? random.draw(dateTimes('utc'))
      assert(date.day >= 0 && date.day <= 3_652_058)
      const written = attempt(() => formatDateTime(date, compileOutputFormat(format), environment))
      if (written !== undefined)
        attempt(() => parseExact(written, compileParseFormat(format, 0), environment))
      const amount = random.pick([1, -1, 1e9, -1e15, 9_223_372_036_854_775_807n, 0.5])
      const later = attempt(() => dateAdd(random.pick(DATE_INTERVALS), amount, date))
      if (later !== undefined) assert(Number.isInteger(dateDiff(random.pick(DATE_INTERVALS), date, later)))
    },
  }),
}
