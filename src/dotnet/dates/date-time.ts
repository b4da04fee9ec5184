import { DotnetFailure } from '../failure.js'
import {
  dayFromDate,
  dayOfWeekOf,
  daysInMonth,
  isValidDate,
  isValidTime,
  LAST_DAY,
  packedDate,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
  UNIX_EPOCH_DAY,
} from './calendar.js'

/** What the fields of a DateTime mean: no zone, Coordinated Universal Time, or the host's zone. */
export type DateTimeKind = 'unspecified' | 'utc' | 'local'

const MILLISECONDS_PER_DAY = 86_400_000
const TICKS_PER_MILLISECOND = 10_000
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?(Z|L)?$/

/**
 * An immutable .NET DateTime: 0001-01-01 to 9999-12-31 in ticks of 100 ns. The ticks since year 1 exceed 2^53,
 * so day and time of day are kept apart and every sum stays an exact number.
 */
export class DateTime {
  /** The class name that consoles show; survives minification. */
  static readonly name: string = 'DateTime'

  /** Days since 0001-01-01, 0 to 3652058. */
  readonly day: number
  /** Ticks of 100 ns since midnight, 0 to 863999999999. */
  readonly tick: number
  readonly kind: DateTimeKind

  /** Takes the parts as they are; use a static function for anything not already known to be in range. */
  constructor(day: number, tick: number, kind: DateTimeKind) {
    this.day = day
    this.tick = tick
    this.kind = kind
  }

  /** Fails with `range` if the fields are not a valid date and time. */
  static fromFields(
    year: number,
    month: number,
    dayOfMonth: number,
    hour = 0,
    minute = 0,
    second = 0,
    subsecondTicks = 0,
    kind: DateTimeKind = 'unspecified',
  ): DateTime {
    if (!isValidDate(year, month, dayOfMonth) || !isValidTime(hour, minute, second)) throw outOfRange()
    return new DateTime(
      dayFromDate(year, month, dayOfMonth),
      hour * TICKS_PER_HOUR + minute * TICKS_PER_MINUTE + second * TICKS_PER_SECOND + subsecondTicks,
      kind,
    )
  }

  /**
   * The instant that many milliseconds after 1970-01-01, in UTC. Fails with `range` outside years 1 to 9999.
   */
  static fromEpochMilliseconds(milliseconds: number): DateTime {
    const day = Math.floor(milliseconds / MILLISECONDS_PER_DAY)
    const tick = Math.floor(milliseconds - day * MILLISECONDS_PER_DAY) * TICKS_PER_MILLISECOND
    return checked(day + UNIX_EPOCH_DAY, tick, 'utc')
  }

  /**
   * Reads what {@link toIso} writes; seconds and fraction may be missing, `Z` marks UTC, `L` the host's zone.
   * Fails with `format` on any other text, with `range` on a day or time that does not exist.
   */
  static fromIso(text: string): DateTime {
    const match = ISO.exec(text)
    if (match === null) throw new DotnetFailure('format', 'the text is not an ISO 8601 date')
    const kind = match[8] === 'Z' ? 'utc' : match[8] === 'L' ? 'local' : 'unspecified'
    return DateTime.fromFields(
      Number(match[1]),
      Number(match[2]),
      Number(match[3]),
      Number(match[4] ?? 0),
      Number(match[5] ?? 0),
      Number(match[6] ?? 0),
      Number((match[7] ?? '').padEnd(7, '0')),
      kind,
    )
  }

  get year(): number {
    return packedDate(this.day) >> 9
  }
  /** 1 to 12 */
  get month(): number {
    return (packedDate(this.day) >> 5) & 15
  }
  /** 1 to 31 */
  get dayOfMonth(): number {
    return packedDate(this.day) & 31
  }
  /** 0 is Sunday. */
  get dayOfWeek(): number {
    return dayOfWeekOf(this.day)
  }
  get hour(): number {
    return Math.floor(this.tick / TICKS_PER_HOUR)
  }
  get minute(): number {
    return Math.floor(this.tick / TICKS_PER_MINUTE) % 60
  }
  get second(): number {
    return Math.floor(this.tick / TICKS_PER_SECOND) % 60
  }
  /** Ticks within the second, 0 to 9999999. */
  get subsecondTicks(): number {
    return this.tick % TICKS_PER_SECOND
  }

  withKind(kind: DateTimeKind): DateTime {
    return kind === this.kind ? this : new DateTime(this.day, this.tick, kind)
  }

  /** Exact for whole numbers below 2^53. Fails with `range`, like every addition. */
  addTicks(ticks: number): DateTime {
    const days = Math.floor(ticks / TICKS_PER_DAY)
    return this.add(days, ticks - days * TICKS_PER_DAY)
  }

  addDays(days: number): DateTime {
    return checked(this.day + days, this.tick, this.kind)
  }

  /** Adds whole days and 0 or more ticks below one day. */
  add(days: number, ticks: number): DateTime {
    const tick = this.tick + ticks
    return tick < TICKS_PER_DAY
      ? checked(this.day + days, tick, this.kind)
      : checked(this.day + days + 1, tick - TICKS_PER_DAY, this.kind)
  }

  /** The same day of another month, or its last day if it is shorter. */
  addMonths(months: number): DateTime {
    const packed = packedDate(this.day)
    const total = (packed >> 9) * 12 + ((packed >> 5) & 15) - 1 + months
    const year = Math.floor(total / 12)
    if (!(year >= 1 && year <= 9999)) throw outOfRange()
    const month = total - year * 12 + 1
    const dayOfMonth = Math.min(packed & 31, daysInMonth(year, month))
    return new DateTime(dayFromDate(year, month, dayOfMonth), this.tick, this.kind)
  }

  /** The fields as milliseconds since 1970-01-01, rounded down. The kind is ignored. */
  toEpochMilliseconds(): number {
    return (this.day - UNIX_EPOCH_DAY) * MILLISECONDS_PER_DAY + Math.floor(this.tick / TICKS_PER_MILLISECOND)
  }

  /** `2024-05-31T07:08:09.1230000`, with `Z` for UTC and `L` for the host's zone: the kind survives a round trip. */
  toIso(): string {
    const digits = (value: number, length: number): string => String(value).padStart(length, '0')
    const date = `${digits(this.year, 4)}-${digits(this.month, 2)}-${digits(this.dayOfMonth, 2)}`
    const time = `${digits(this.hour, 2)}:${digits(this.minute, 2)}:${digits(this.second, 2)}`
    const suffix = this.kind === 'utc' ? 'Z' : this.kind === 'local' ? 'L' : ''
    return `${date}T${time}.${digits(this.subsecondTicks, 7)}${suffix}`
  }
}

/**
 * Negative, zero or positive if `left` is before, equal to or after `right`; the kinds are ignored, as in
 * .NET.
 */
export function compareDateTimes(left: DateTime, right: DateTime): number {
  return left.day !== right.day ? left.day - right.day : left.tick - right.tick
}

/** Whether both have the same fields; the kinds are ignored, as in .NET. */
export function equalDateTimes(left: DateTime, right: DateTime): boolean {
  return left.day === right.day && left.tick === right.tick
}

function checked(day: number, tick: number, kind: DateTimeKind): DateTime {
  if (!(day >= 0 && day <= LAST_DAY)) throw outOfRange()
  return new DateTime(day, tick, kind)
}

function outOfRange(): DotnetFailure {
  return new DotnetFailure('range', 'the date is not between the years 1 and 9999')
}
