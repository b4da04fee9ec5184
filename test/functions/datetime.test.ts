import { describe, expect, it } from 'vitest'
import { type DateTime, invariantText } from '../../src/dotnet/dates/index.js'
import { textOf } from '../../src/values/text.js'
import type { Value } from '../../src/values/value.js'
import { call, callIn, faultOf, testContext } from './bodies.js'

const date = (text: string): DateTime => call('CDate', text) as DateTime
const shown = (value: unknown): string | null => textOf(value as Value)

describe('CDate', () => {
  it.each([
    ['2024-03-16', '3/16/2024 12:00:00 AM'],
    ['2024-03-16-07:00', '3/16/2024 7:00:00 AM'],
    ['3/16/2024 5:41:18 PM', '3/16/2024 5:41:18 PM'],
    ['2024-03-16T23:59:59+02:00', '3/16/2024 9:59:59 PM'],
  ])('of %o is %o', (text, expected) => {
    const value = date(text)
    expect(invariantText(value)).toBe(expected)
    expect(value.kind).toBe('utc')
  })
  it('gives a date itself, to the tick', () => {
    const now = call('Now')
    expect(call('CDate', now)).toBe(now)
  })
  it('reads a list value by value', () => {
    expect((call('CDate', ['2024-03-16', null]) as Value[]).map(shown)).toEqual(['3/16/2024 12:00:00 AM'])
  })
  it('refuses "" and what is no date', () => {
    for (const text of ['', 'soon', '2024-02-30', 7]) {
      expect(faultOf(() => call('CDate', text))).toBe('AF5001')
    }
    expect(faultOf(() => call('CDate', { a: 1 }))).toBe('AF5008')
  })
})

describe('DateAdd', () => {
  it.each([
    ['d', -10, '2024-03-16', '3/6/2024 12:00:00 AM'],
    ['D', 1, '2024-02-28', '2/29/2024 12:00:00 AM'],
    ['ww', 2, '2024-03-16', '3/30/2024 12:00:00 AM'],
    ['m', 1, '2023-01-31', '2/28/2023 12:00:00 AM'],
    ['yyyy', 1, '2024-02-29', '2/28/2025 12:00:00 AM'],
    ['q', 1, '2024-01-31', '4/30/2024 12:00:00 AM'],
    ['w', 1, '2024-01-31', '2/1/2024 12:00:00 AM'],
    ['h', -1, '2024-01-01', '12/31/2023 11:00:00 PM'],
    ['n', 90, '2024-01-01', '1/1/2024 1:30:00 AM'],
    ['s', 1, '2024-01-01', '1/1/2024 12:00:01 AM'],
  ])('%s %i to %s is %s', (interval, value, from, expected) => {
    expect(shown(call('DateAdd', interval, value, date(from)))).toBe(expected)
  })
  it('refuses an unknown interval and leaving the calendar', () => {
    expect(faultOf(() => call('DateAdd', 'x', 1, date('2024-01-01')))).toBe('AF5013')
    for (const value of [9_000_000, -9_000_000, 10n ** 400n, Number.MAX_SAFE_INTEGER]) {
      expect(faultOf(() => call('DateAdd', 'd', value, date('2024-01-01')))).toBe('AF5002')
    }
  })
})

describe('DateDiff', () => {
  it.each([
    ['d', '2024-03-15T18:00:00', '2024-03-16T06:00:00', 0],
    ['d', '2024-03-16T06:00:00', '2024-03-14T18:00:00', -1],
    ['h', '2024-03-15', '2024-03-16', 24],
    ['n', '2024-03-15', '2024-03-16', 1440],
    ['s', '2024-03-15', '2024-03-16', 86400],
    ['m', '2024-01-31', '2024-02-01', 1],
    ['yyyy', '2023-12-31', '2024-01-01', 1],
    ['ww', '2024-03-16', '2024-03-17', 1],
    ['ww', '2024-03-17', '2024-03-23', 0],
    ['w', '2024-03-16', '2024-03-29', 1],
  ])('in %s from %s to %s is %i', (interval, from, to, expected) => {
    expect(call('DateDiff', interval, date(from), date(to))).toBe(expected)
  })
  it('refuses an unknown interval', () => {
    expect(faultOf(() => call('DateDiff', '', date('2024-01-01'), date('2024-01-01')))).toBe('AF5013')
  })
})

describe('FILETIME', () => {
  it('is exact both ways', () => {
    const value = 133_801_919_990_000_001n
    expect(call('NumFromDate', call('DateFromNum', value))).toBe(value)
    expect(call('NumFromDate', date('1601-01-01'))).toBe(0)
    expect(shown(call('DateFromNum', 0))).toBe('1/1/1601 12:00:00 AM')
  })
  it('has a range', () => {
    expect(faultOf(() => call('DateFromNum', -1))).toBe('AF5002')
    expect(faultOf(() => call('DateFromNum', 9_223_372_036_854_775_807n))).toBe('AF5002')
    expect(faultOf(() => call('NumFromDate', date('1600-12-31')))).toBe('AF5002')
  })
})

describe('FormatDateTime', () => {
  const format = (...args: readonly unknown[]) => call('FormatDateTime', ...args)

  it('reads by one format and writes by another', () => {
    expect(format('20240316', undefined, 'yyyyMMdd', 'd. MMMM yyyy')).toBe('16. March 2024')
    expect(format(' 20240316 ', undefined, 'yyyyMMdd', 'yyyy')).toBe('2024')
    expect(format(20240316, null, 'yyyyMMdd', 'yyyy')).toBe('2024')
  })
  it('takes styles', () => {
    expect(format('2024 - 3 - 16', 'AllowInnerWhite', 'yyyy-M-d', 'yyyyMMdd')).toBe('20240316')
    expect(faultOf(() => format(' 20240316', 'None', 'yyyyMMdd', 'yyyy'))).toBe('AF5001')
    expect(faultOf(() => format('20240316', 'Sloppy', 'yyyyMMdd', 'yyyy'))).toBe('AF5013')
  })
  it('writes a date directly', () => {
    const [now] = [call('Now')]
    expect(format(now, undefined, undefined, 'yyyy-MM-dd HH:mm:ss')).toBe('2024-05-06 07:08:09')
    expect(format(now, undefined, 'nonsense', 'yyyy')).toBe('2024')
  })
  it('needs an input format for text', () => {
    expect(faultOf(() => format('20240316', undefined, undefined, 'yyyy'))).toBe('AF5013')
    expect(format('20240316', undefined, null, 'yyyy')).toBeNull()
  })
  it('refuses formats that .NET refuses, and text of another form', () => {
    expect(faultOf(() => format('2024', undefined, 'yyyy', '%'))).toBe('AF5001')
    expect(faultOf(() => format('2024', undefined, '', 'yyyy'))).toBe('AF5001')
    expect(faultOf(() => format('16.3.2024', undefined, 'yyyyMMdd', 'yyyy'))).toBe('AF5001')
    expect(faultOf(() => format('', undefined, 'yyyyMMdd', 'yyyy'))).toBe('AF5001')
  })
  it('takes a list value by value', () => {
    expect(format(['20240316', null, '20250101'], undefined, 'yyyyMMdd', 'yyyy')).toEqual(['2024', '2025'])
  })
  it('converts an offset to the time of the host', () => {
    const text = '2024-03-16T00:30:00+02:00'
    const context = testContext()
    const of = (hostTimeZone: string) =>
      callIn(
        { ...context, hostTimeZone },
        'FormatDateTime',
        text,
        undefined,
        'yyyy-MM-ddTHH:mm:sszzz',
        'yyyy-MM-dd',
      )
    expect(of('UTC')).toBe('2024-03-15')
    expect(of('Europe/Helsinki')).toBe('2024-03-16')
  })
})

describe('Now', () => {
  it('is the clock of the context', () => {
    const context = testContext()
    expect(callIn(context, 'Now')).toBe(context.now)
  })
})
