import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateTime } from '../../src/dotnet/dates/index.js'
import { formatDateTime } from '../../src/functions/runtime/datetime.js'
import { positionalFormat } from '../../src/functions/runtime/positional-date.js'
import { dateFormatBody } from '../../src/functions/runtime/specialised-dates.js'
import { Fault } from '../../src/values/fault.js'

const environment = { now: DateTime.fromIso('2024-03-15T12:34:56Z'), hostTimeZone: 'UTC' }

const outcomeOf = (evaluate: () => unknown): unknown => {
  try {
    return evaluate()
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.code
    throw thrown
  }
}

const pad = (number: number, width: number): string => String(number).padStart(width, '0')
const inputs = [
  'yyyy-MM-dd',
  'yyyy-MM-ddzzz',
  'dd/MM/yyyy',
  'yyyyMMdd',
  'yyyy-MM-dd HH:mm:sszzz',
  'HH:mm dd.MM.yyyyzzz',
]
const outputs = ['yyyy-MM-dd', 'MM/dd/yyyy', 'yyyyMMdd', 'dd.MM', 'yyyy-MM-dd HH:mm', 'MM']

/** Texts of the format, most of them dates; offsets and days at every edge. */
const textFor = (format: string): fc.Arbitrary<string> =>
  fc
    .record({
      yyyy: fc.oneof(fc.constantFrom(0, 1, 1900, 2000, 2023, 2024, 9999), fc.nat(9999)),
      MM: fc.nat(13),
      dd: fc.oneof(fc.constantFrom(0, 1, 2, 27, 28, 29, 30, 31, 32), fc.nat(31)),
      HH: fc.nat(24),
      mm: fc.nat(60),
      ss: fc.nat(60),
      sign: fc.constantFrom('+', '-', ' '),
      hours: fc.nat(15),
      minutes: fc.constantFrom(0, 30, 59, 60),
      noise: fc.constantFrom('', '', '', ' ', 'Z', 'x'),
    })
    .map((v) =>
      format
        .replace('yyyy', pad(v.yyyy, 4))
        .replace(/MM|dd|HH|mm|ss/g, (field) => pad(v[field as 'MM'], 2))
        .replace('zzz', `${v.sign}${pad(v.hours, 2)}:${pad(v.minutes, 2)}`)
        .concat(v.noise),
    )

describe('dates by position', () => {
  it('cuts a date out of the text, and moves it by the offset', () => {
    const cut = positionalFormat('yyyy-MM-ddzzz', 'yyyy-MM-dd')!
    expect(cut('2012-03-16-07:00')).toBe('2012-03-16')
    expect(cut('2012-03-16+08:00')).toBe('2012-03-15')
    expect(cut('2012-03-01+08:00')).toBeUndefined()
    expect(cut('2012-02-29-07:00')).toBeUndefined()
  })

  it.each([
    ['yyyy-MM-dd', 'd MMM yyyy'],
    ['MM-dd', 'MM-dd'],
    ['yyyy-MM-dd', 'yyyy-MM-dd HH:mm'],
    ["yyyy'-'MM-dd", 'yyyy'],
    ['yyyyy-MM-dd', 'yyyy'],
  ])('leaves %s to %s to the general way', (input, output) => {
    expect(positionalFormat(input, output)).toBeUndefined()
  })

  it('gives what the general way gives, for every text', () => {
    const texts = fc
      .constantFrom(...inputs)
      .chain((input) =>
        fc.tuple(fc.constant(input), fc.constantFrom(...outputs), fc.oneof(textFor(input), fc.string())),
      )
    fc.assert(
      fc.property(texts, ([input, output, text]) => {
        const body = dateFormatBody(undefined, input, output)
        expect(outcomeOf(() => body(environment, text))).toEqual(
          outcomeOf(() => formatDateTime(environment, text, undefined, input, output)),
        )
      }),
      { numRuns: 3_000 },
    )
  })
})
