import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileOutputFormat,
  compileParseFormat,
  DATE_TIME_STYLE_NAMES,
  DateTime,
  DEFAULT_DATE_TIME_STYLES,
  equalDateTimes,
  formatDateTime,
  invariantText,
  parseDateTime,
  parseDateTimeStyles,
  parseExact,
} from '../../../src/dotnet/dates/index.js'
import { DotnetFailure } from '../../../src/dotnet/failure.js'
import { dateTimes, failureKind } from './arbitraries.js'
import { CLOCK, environmentAt } from './vectors.js'

const environment = environmentAt(CLOCK)

function reformat(source: string, inputFormat: string, outputFormat: string, styles?: string): string {
  const flags = styles === undefined ? DEFAULT_DATE_TIME_STYLES : parseDateTimeStyles(styles)
  const date = parseExact(source, compileParseFormat(inputFormat, flags), environment)
  return formatDateTime(date, compileOutputFormat(outputFormat), environment)
}

function failureOf(action: () => unknown): DotnetFailure {
  try {
    action()
  } catch (failure) {
    if (failure instanceof DotnetFailure) return failure
    throw failure
  }
  throw new Error('it did not fail')
}

describe('ParseExact and ToString', () => {
  it('reformats with custom formats', () => {
    expect(reformat('20240531070809.1Z', 'yyyyMMddHHmmss.fZ', 'yyyy-MM-dd')).toBe('2024-05-31')
    expect(reformat('31. maY 24', "d'.' MMM yy", 'dddd, d MMMM yyyy')).toBe('Friday, 31 May 2024')
    expect(reformat('7:08 PM', 'h:mm tt', 'HH:mm:ss.fff')).toBe('19:08:00.000')
    expect(reformat('2024-05-31', 'yyyy-MM-dd', "%d'th' \\d h:m:s.FFF t")).toBe('31th d 12:0:0 A')
  })

  it('converts an offset to the host zone or to UTC as the styles ask', () => {
    const format = "yyyy-MM-dd HH:mm K'|'"
    expect(reformat('2024-05-31+08:00', 'yyyy-MM-ddzzz', format)).toBe('2024-05-30 16:00 +00:00|')
    expect(reformat('2024-05-31+08:00', 'yyyy-MM-ddzzz', format, 'AdjustToUniversal')).toBe(
      '2024-05-30 16:00 Z|',
    )
    expect(reformat('2024-05-31Z', 'yyyy-MM-ddK', format)).toBe('2024-05-31 00:00 Z|')
    expect(reformat('2024-05-31', 'yyyy-MM-ddK', format)).toBe('2024-05-31 00:00 |')
  })

  it('completes a year of two digits to 2049 at most', () => {
    expect(reformat('49', 'yy', 'yyyy')).toBe('2049')
    expect(reformat('50', 'yy', 'yyyy')).toBe('1950')
  })

  it('fills parts that are missing from today', () => {
    expect(reformat('10:00', 'HH:mm', 'yyyy-MM-dd')).toBe('2024-03-15')
    expect(reformat('05', 'MM', 'yyyy-MM-dd')).toBe('2024-05-01')
    expect(reformat('10:00', 'HH:mm', 'yyyy-MM-dd', 'NoCurrentDateDefault')).toBe('0001-01-01')
  })

  it('passes over a fraction whose dot is missing', () => {
    const plan = compileParseFormat('HH:mm:ss.FFFFFFFK', DEFAULT_DATE_TIME_STYLES)
    expect(parseExact('10:11:12Z', plan, environment).second).toBe(12)
    expect(parseExact('10:11:12.5Z', plan, environment).subsecondTicks).toBe(5_000_000)
  })

  it('says where a format is wrong', () => {
    const place = (action: () => unknown): unknown[] => {
      const { kind, start, end } = failureOf(action)
      return [kind, start, end]
    }
    expect(place(() => compileOutputFormat("yyyy 'T"))).toEqual(['format', 5, 7])
    expect(place(() => compileOutputFormat('s.ffffffff'))).toEqual(['format', 2, 10])
    expect(place(() => compileOutputFormat('x'))).toEqual(['format', 0, 1])
    expect(place(() => compileOutputFormat('dd%'))).toEqual(['format', 2, 3])
    expect(place(() => compileParseFormat('HH ffffffff', 0))).toEqual(['format', 3, 11])
    expect(place(() => compileParseFormat('yyyy%%', 0))).toEqual(['format', 4, 5])
    expect(place(() => compileParseFormat('', 0))).toEqual(['format', 0, 0])
  })

  it('reads what it wrote with full precision', () => {
    const formats = ['o', "yyyy-MM-dd'T'HH:mm:ss.fffffff", 'dddd d MMMM yyyy hh:mm:ss.fffffff tt']
    fc.assert(
      fc.property(dateTimes('unspecified'), fc.constantFrom(...formats), (value, format) => {
        const text = formatDateTime(value, compileOutputFormat(format), environment)
        const again = parseExact(text, compileParseFormat(format, DEFAULT_DATE_TIME_STYLES), environment)
        expect(equalDateTimes(again, value)).toBe(true)
      }),
    )
  })

  it('never throws anything but a failure', () => {
    const piece = fc.constantFrom(
      ...['y', 'yyyy', 'M', 'MMM', 'd', 'dddd', 'H', 'hh', 'm', 's', '.', 'F', 'FF', 'f', 't', 'tt', 'z'],
      ...['zzz', 'K', 'Z', 'GMT', 'g', '%', '\\', "'", '"', ' ', ':', '/', '-', '1', '24', 'AM', '+05:00'],
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    )
    const styles = fc.constantFrom(0, 7, 131, 80, 32, 48)
    fc.assert(
      fc.property(text, text, text, styles, (source, input, output, flags) => {
        failureKind(() => parseExact(source, compileParseFormat(input, flags), environment))
        failureKind(() => formatDateTime(environment.now, compileOutputFormat(output), environment))
        failureKind(() => parseDateTime(source, environment))
        failureKind(() => parseDateTimeStyles(source))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('DateTimeStyles', () => {
  it('reads names and numbers', () => {
    expect(parseDateTimeStyles(' AllowLeadingWhite ,AdjustToUniversal')).toBe(17)
    expect(parseDateTimeStyles('128')).toBe(128)
    for (const name of DATE_TIME_STYLE_NAMES)
      expect(failureKind(() => parseDateTimeStyles(name))).toBe('none')
    expect(DATE_TIME_STYLE_NAMES).toHaveLength(10)
  })

  it('refuses unknown names, with their place, and styles that exclude each other', () => {
    const failure = failureOf(() => parseDateTimeStyles('None, allowInnerWhite'))
    expect([failure.kind, failure.start, failure.end]).toEqual(['argument', 6, 21])
    for (const styles of ['', 'RoundtripKind,AssumeLocal', 'AssumeLocal,AssumeUniversal', '-1', 'toString']) {
      expect(failureKind(() => parseDateTimeStyles(styles))).toBe('argument')
    }
  })
})

describe('a host zone other than UTC', () => {
  const berlin = environmentAt('2024-03-15T23:30:00Z', 'Europe/Berlin')
  const inBerlin = (source: string, styles: string, format = "yyyy-MM-dd'T'HH:mm zzz"): string => {
    const plan = compileParseFormat('yyyy-MM-dd HH:mmK', parseDateTimeStyles(styles))
    return formatDateTime(parseExact(source, plan, berlin), compileOutputFormat(format), berlin)
  }

  it('converts to and from it, with daylight saving time', () => {
    expect(inBerlin('2024-07-01 12:00Z', 'None')).toBe('2024-07-01T14:00 +02:00')
    expect(inBerlin('2024-01-01 12:00+00:00', 'None')).toBe('2024-01-01T13:00 +01:00')
    expect(inBerlin('2024-07-01 12:00', 'AssumeLocal, AdjustToUniversal')).toBe('2024-07-01T10:00 +00:00')
  })

  it('takes the standard offset where a time occurs twice or never', () => {
    expect(inBerlin('2024-10-27 02:30', 'AssumeLocal')).toBe('2024-10-27T02:30 +01:00')
    expect(inBerlin('2024-03-31 02:30', 'AssumeLocal')).toBe('2024-03-31T02:30 +01:00')
  })

  it('decides what today is', () => {
    expect(invariantText(parseDateTime('10:00', berlin))).toBe('3/16/2024 10:00:00 AM')
  })

  it('must exist', () => {
    const nowhere = environmentAt(CLOCK, 'Nowhere/Land')
    expect(failureKind(() => parseDateTime('10:00', nowhere))).toBe('argument')
  })
})

describe('Parse', () => {
  const parsed = (source: string): string => parseDateTime(source, environment).toIso()

  it('reads what people and directories write', () => {
    const noon = '2024-05-31T12:00:00.0000000Z'
    const texts = [
      '2024-05-31T12:00Z',
      '2024-05-31 12:00',
      '5/31/2024 12:00 PM',
      'Fri, 31 May 2024 12:00:00 GMT',
      '31-May-2024 2:00 PM +02:00',
      'May 31, 2024 12:00',
      '2024年5月31日 12:00',
      '#5/31/2024 12:00#',
    ]
    expect(texts.map(parsed)).toEqual(texts.map(() => noon))
  })

  it('reads back the invariant text to the second', () => {
    fc.assert(
      fc.property(dateTimes('utc'), (value) => {
        const wanted = new DateTime(value.day, value.tick - value.subsecondTicks, 'utc')
        expect(parsed(invariantText(value))).toBe(wanted.toIso())
      }),
    )
  })

  it('rounds a fraction of more than seven digits', () => {
    expect(parsed('2024-05-31T23:59:59.99999999Z')).toBe('2024-06-01T00:00:00.0000000Z')
    expect(failureKind(() => parsed('9999-12-31T23:59:59.99999999Z'))).toBe('format')
  })

  it('refuses the rest', () => {
    for (const text of [
      '',
      '2024',
      '31/5/2024',
      '20240531',
      '2024-05-31T24:00',
      'Monday 2024-05-31',
      '5 May x',
    ]) {
      expect(
        failureKind(() => parsed(text)),
        text,
      ).toBe('format')
    }
  })
})
