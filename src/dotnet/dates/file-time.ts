import { DotnetFailure } from '../failure.js'
import { DateTime } from './date-time.js'

const TICKS_PER_DAY = 864_000_000_000n
/** 1601-01-01, where FILETIME begins, as days since 0001-01-01. */
const FILETIME_EPOCH_DAY = 584_388
const LAST_FILETIME = 2_650_467_743_999_999_999n

/** Ticks of 100 ns since 1601-01-01 UTC. Fails with `range` before that day. */
export function toFileTime(date: DateTime): bigint {
  if (date.day < FILETIME_EPOCH_DAY) throw new DotnetFailure('range', 'a FILETIME cannot be before 1601')
  return BigInt(date.day - FILETIME_EPOCH_DAY) * TICKS_PER_DAY + BigInt(date.tick)
}

/** The UTC date of a FILETIME; 0 is 1601-01-01. Fails with `range` if negative or after the year 9999. */
export function fromFileTime(fileTime: bigint): DateTime {
  if (fileTime < 0n || fileTime > LAST_FILETIME) {
    throw new DotnetFailure('range', 'the FILETIME is not between 1601 and the year 9999')
  }
  const day = FILETIME_EPOCH_DAY + Number(fileTime / TICKS_PER_DAY)
  return new DateTime(day, Number(fileTime % TICKS_PER_DAY), 'utc')
}
