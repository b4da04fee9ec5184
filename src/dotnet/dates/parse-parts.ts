import { DotnetFailure } from '../failure.js'
import { fourDigitYear, isValidDate } from './calendar.js'
import type { CompletePart, ParseToken } from './parse-states.js'
import type { Suffix } from './parse-tokens.js'

/** A part of a date or time that the text did not give. */
export const MISSING = -1

/** What DateTime.Parse has gathered so far: the tokens of the current part, and the complete parts. */
export class DateParts {
  /** The numbers of one or two digits since the last complete part. */
  numbers: number[] = []
  monthName: number = MISSING
  /** A number of three digits or more. */
  longYear: number = MISSING
  /** The text had AM (false) or PM (true). */
  pm: boolean | undefined = undefined

  year: number = MISSING
  month: number = MISSING
  dayOfMonth: number = MISSING
  hour = 0
  minute = 0
  second = 0
  private hasDate = false
  private hasTime = false
  private readonly suffixesSeen = new Set<Suffix>()
  private readonly currentYear: () => number

  /** `currentYear` is called for dates without a year. */
  constructor(currentYear: () => number) {
    this.currentYear = currentYear
  }

  timeOnly(): boolean {
    return this.year === MISSING && this.month === MISSING && this.dayOfMonth === MISSING
  }

  /** Takes a number whose suffix gives its meaning. */
  addSuffixed(suffix: Suffix, value: number): ParseToken {
    if (this.suffixesSeen.has(suffix)) throw unreadable()
    this.suffixesSeen.add(suffix)
    switch (suffix) {
      case 'year':
        this.year = value
        this.longYear = value
        return 'n date~'
      case 'month':
        this.month = value
        this.monthName = value
        return 'n date~'
      case 'dayOfMonth':
        this.dayOfMonth = value
        return 'n date~'
      case 'hour':
        this.hour = value
        return 'n time~'
      case 'minute':
        this.minute = value
        return 'n time~'
      default:
        this.second = value
        return 'n time~'
    }
  }

  /** Makes a date or a time from the tokens since the last one. */
  complete(part: CompletePart): void {
    const [first, second, third] = this.numbers as [number, number, number]
    switch (part) {
      case 'date nn':
        this.setDate(this.currentYear(), first, second)
        break
      case 'date nnn':
        this.setDate(completedYear(third), first, second)
        break
      case 'date Mn':
        this.setDate(this.currentYear(), this.monthName, first, false)
        break
      case 'date nM':
        // With the invariant year-month pattern `yyyy MMMM`, a number before a month is a year.
        this.setDate(completedYear(first), this.monthName, 1, false)
        break
      case 'date Mnn': {
        const dayFirst = isValidDate(completedYear(second), this.monthName, first)
        this.setDate(completedYear(dayFirst ? second : first), this.monthName, dayFirst ? first : second)
        break
      }
      case 'date ynn':
      case 'date nny':
        this.setDate(this.longYear, first, second)
        break
      case 'date yMn':
        this.setDate(this.longYear, this.monthName, first)
        break
      case 'date yn':
        this.setDate(this.longYear, first, 1)
        break
      case 'date yM':
        this.setDate(this.longYear, this.monthName, 1)
        break
      case 'time n':
        // One number is a time only with AM or PM.
        if (this.pm === undefined) throw unreadable()
        this.setTime(first, this.minute, this.second)
        break
      case 'time nn':
        this.setTime(first, second, this.second)
        break
      case 'time nnn':
        this.setTime(first, second, third)
        break
      case 'date suffixed n':
        if (this.numbers.length !== 1 || this.dayOfMonth !== MISSING) throw unreadable()
        this.dayOfMonth = first
        break
      case 'date n suffixed':
        if (this.month === MISSING || this.year !== MISSING) throw unreadable()
        this.year = completedYear(first)
        this.dayOfMonth = 1
        break
      case 'date nn suffixed':
        this.completeTwoNumbersAndSuffix(first, second)
        break
      default:
      // `date suffixed` and `time suffixed`: the suffixes have already placed every number.
    }
    this.numbers = []
  }

  private completeTwoNumbersAndSuffix(first: number, second: number): void {
    const has = (suffix: Suffix): boolean => this.suffixesSeen.has(suffix)
    if (has('dayOfMonth') || has('year') === has('month')) throw unreadable()
    if (has('year')) this.setDate(completedYear(this.longYear), first, second, false)
    else this.setDate(completedYear(second), this.month, first, false)
  }

  /** In .NET a date with a month name and no year must come first, and another date may follow it. */
  private setDate(year: number, month: number, dayOfMonth: number, isOnly = true): void {
    if (this.hasDate || !isValidDate(year, month, dayOfMonth)) throw unreadable()
    this.year = year
    this.month = month
    this.dayOfMonth = dayOfMonth
    this.hasDate = isOnly
  }

  private setTime(hour: number, minute: number, second: number): void {
    if (this.hasTime) throw unreadable()
    this.hour = hour
    this.minute = minute
    this.second = second
    this.hasTime = true
  }

  /** The hour with AM or PM applied; .NET lets PM follow an hour of 13 to 23. */
  hourOfDay(): number {
    const { hour, pm } = this
    if (pm === undefined) return hour
    if (hour > (pm ? 23 : 12)) throw unreadable()
    if (pm) return hour < 12 ? hour + 12 : hour
    return hour === 12 ? 0 : hour
  }
}

/** Completes a year of one or two digits; a longer one is taken as it is. */
function completedYear(year: number): number {
  return year < 100 ? fourDigitYear(year) : year
}

/** The failure of a text that DateTime.Parse does not accept. */
export function unreadable(): DotnetFailure {
  return new DotnetFailure('format', 'the text is not a readable date')
}
