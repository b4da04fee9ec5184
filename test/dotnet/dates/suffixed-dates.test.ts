import { describe, expect, it } from 'vitest'
import {
  type DateEnvironment,
  DateTime,
  invariantText,
  parseDateTime,
} from '../../../src/dotnet/dates/index.js'

const today: DateEnvironment = {
  now: DateTime.fromEpochMilliseconds(Date.parse('2026-06-15T12:00:00Z')),
  hostTimeZone: 'UTC',
}

const read = (text: string): string => {
  try {
    return invariantText(parseDateTime(text, today))
  } catch (error) {
    return (error as Error).message
  }
}

/** .NET reads the signs of East Asian dates in every culture. */
describe('dates whose numbers carry a sign', () => {
  it.each([
    ['2024年3月4日', '3/4/2024 12:00:00 AM'],
    ['2024년 3월 4일', '3/4/2024 12:00:00 AM'],
    ['24年3月4日', '3/4/2024 12:00:00 AM'],
    ['4日 3月 2024年', '3/4/2024 12:00:00 AM'],
    ['2024年3月4日 5時6分7秒', '3/4/2024 5:06:07 AM'],
    ['2024年3月4日5时6分', '3/4/2024 5:06:00 AM'],
    ['2024년 3월', '3/1/2024 12:00:00 AM'],
    ['3月4日', '3/4/2026 12:00:00 AM'],
    ['5시 6분', '6/15/2026 5:06:00 AM'],
    ['2024年3月 4', '3/4/2024 12:00:00 AM'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it.each(['2024年 2024年', '3月3月', '2024年3月4日5日', '2024年13月1日', '5時 13時', '4日 3 2024'])(
    'refuses %s',
    (text) => {
      expect(read(text)).toBe('the text is not a readable date')
    },
  )
})
