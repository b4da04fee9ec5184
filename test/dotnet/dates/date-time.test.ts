import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareDateTimes,
  DateTime,
  dateAdd,
  dateDiff,
  equalDateTimes,
  fromFileTime,
  toFileTime,
} from '../../../src/dotnet/dates/index.js'
import { dateTimes, failureKind } from './arbitraries.js'

const date = (text: string): DateTime => DateTime.fromIso(text)
const utc = dateTimes('utc')

describe('DateTime', () => {
  it('reads every day of four hundred years as the calendar of JavaScript does', () => {
    const start = date('1900-01-01').day
    const milliseconds = Date.UTC(1900, 0, 1)
    let checked = 0
    for (let offset = 0; offset < 146_097; offset++) {
      const day = new DateTime(start + offset, 0, 'utc')
      const wanted = new Date(milliseconds + offset * 86_400_000)
      const fields = [day.year, day.month - 1, day.dayOfMonth, day.dayOfWeek].join()
      const wantedFields = [
        wanted.getUTCFullYear(),
        wanted.getUTCMonth(),
        wanted.getUTCDate(),
        wanted.getUTCDay(),
      ].join()
      if (fields !== wantedFields) throw new Error(`${fields} is not ${wantedFields}`)
      checked++
    }
    expect(checked).toBe(146_097)
  })

  it('knows the first and the last moment', () => {
    expect(new DateTime(0, 0, 'utc').toIso()).toBe('0001-01-01T00:00:00.0000000Z')
    const last = date('9999-12-31T23:59:59.9999999')
    expect([last.day, last.tick]).toEqual([3_652_058, 863_999_999_999])
    expect(failureKind(() => last.addTicks(1))).toBe('range')
    expect(failureKind(() => new DateTime(0, 0, 'utc').addTicks(-1))).toBe('range')
  })

  it('keeps every field and the kind through ISO text', () => {
    fc.assert(
      fc.property(fc.oneof(dateTimes('utc'), dateTimes('local'), dateTimes('unspecified')), (value) => {
        const again = DateTime.fromIso(value.toIso())
        expect(equalDateTimes(again, value) && again.kind === value.kind).toBe(true)
      }),
    )
  })

  it('converts from and to milliseconds of the Unix epoch', () => {
    expect(DateTime.fromEpochMilliseconds(1_710_506_096_789).toIso()).toBe('2024-03-15T12:34:56.7890000Z')
    expect(DateTime.fromEpochMilliseconds(-1).toIso()).toBe('1969-12-31T23:59:59.9990000Z')
    expect(date('1969-12-31T23:59:59.9990000Z').toEpochMilliseconds()).toBe(-1)
    expect(failureKind(() => DateTime.fromEpochMilliseconds(8.64e15))).toBe('range')
  })

  it('refuses fields that name no date', () => {
    expect(failureKind(() => DateTime.fromFields(2023, 2, 29))).toBe('range')
    expect(failureKind(() => DateTime.fromFields(2023, 2, 28, 24))).toBe('range')
    expect(failureKind(() => DateTime.fromIso('2023-02-28 10:00'))).toBe('format')
  })
})

describe('DateAdd', () => {
  it('ends a month where the calendar ends it', () => {
    expect(dateAdd('m', 1, date('2024-01-31')).toIso()).toBe('2024-02-29T00:00:00.0000000')
    expect(dateAdd('YYYY', -1, date('2024-02-29')).toIso()).toBe('2023-02-28T00:00:00.0000000')
    expect(dateAdd('q', 2, date('2024-08-31')).toIso()).toBe('2025-02-28T00:00:00.0000000')
  })

  it('takes integers of any size', () => {
    expect(dateAdd('s', 86_400n, date('2024-01-31')).toIso()).toBe('2024-02-01T00:00:00.0000000')
    for (const interval of ['yyyy', 'm', 'd', 's']) {
      expect(failureKind(() => dateAdd(interval, 10n ** 400n, date('2024-01-31')))).toBe('range')
      expect(failureKind(() => dateAdd(interval, -(10n ** 20n), date('2024-01-31')))).toBe('range')
    }
  })

  it('knows no other interval', () => {
    for (const interval of ['', ' d', 'year', 'ms', '__proto__', 'constructor']) {
      expect(failureKind(() => dateAdd(interval, 1, date('2024-01-31')))).toBe('argument')
      expect(failureKind(() => dateDiff(interval, date('2024-01-31'), date('2024-01-31')))).toBe('argument')
    }
  })

  it('comes back with the opposite value, except over the ends of months', () => {
    const day = fc.integer({ min: 400_000, max: 3_000_000 })
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('d', 'y', 'w', 'ww', 'h', 'n', 's'),
        fc.integer({ min: -50_000, max: 50_000 }),
        (start, interval, count) => {
          const from = new DateTime(start, 123_456_789, 'utc')
          const there = dateAdd(interval, count, from)
          expect(equalDateTimes(dateAdd(interval, -count, there), from)).toBe(true)
          if (interval !== 'w') expect(dateDiff(interval, from, there)).toBe(count)
        },
      ),
    )
  })
})

describe('DateDiff', () => {
  it('counts Sundays for ww and whole spans for w', () => {
    expect(dateDiff('ww', date('2024-03-16'), date('2024-03-17'))).toBe(1)
    expect(dateDiff('w', date('2024-03-16'), date('2024-03-17'))).toBe(0)
    expect(dateDiff('w', date('2024-03-16'), date('2024-03-30'))).toBe(2)
  })

  it('subtracts fields for m and yyyy and cuts the others toward zero', () => {
    expect(dateDiff('m', date('2024-01-31'), date('2024-02-01'))).toBe(1)
    expect(dateDiff('yyyy', date('2024-12-31'), date('2025-01-01'))).toBe(1)
    expect(dateDiff('d', date('2024-01-02T12:00'), date('2024-01-01T13:00'))).toBe(0)
    expect(dateDiff('h', date('2024-01-01T12:00'), date('2024-01-01T10:30'))).toBe(-1)
  })

  it('changes its sign when the dates change places', () => {
    fc.assert(
      fc.property(utc, utc, fc.constantFrom('d', 'h', 'n', 's', 'm', 'yyyy'), (from, to, interval) => {
        expect(dateDiff(interval, from, to) + dateDiff(interval, to, from)).toBe(0)
        if (compareDateTimes(from, to) < 0) expect(dateDiff(interval, from, to)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('FILETIME', () => {
  it('begins in 1601', () => {
    expect(fromFileTime(0n).toIso()).toBe('1601-01-01T00:00:00.0000000Z')
    expect(toFileTime(date('1601-01-01T00:00:00.0000001Z'))).toBe(1n)
    expect(failureKind(() => fromFileTime(-1n))).toBe('range')
    expect(failureKind(() => toFileTime(date('1600-12-31')))).toBe('range')
    expect(fromFileTime(2_650_467_743_999_999_999n).toIso()).toBe('9999-12-31T23:59:59.9999999Z')
    expect(failureKind(() => fromFileTime(2_650_467_744_000_000_000n))).toBe('range')
  })

  it('comes back as the same date', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2_650_467_743_999_999_999n }), (fileTime) => {
        expect(toFileTime(fromFileTime(fileTime))).toBe(fileTime)
      }),
    )
  })
})
