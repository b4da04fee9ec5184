import fc from 'fast-check'
import { DateTime, type DateTimeKind } from '../../../src/dotnet/dates/index.js'
import { DotnetFailure } from '../../../src/dotnet/failure.js'

/** Any date a DateTime can hold. */
export function dateTimes(kind: DateTimeKind): fc.Arbitrary<DateTime> {
  return fc
    .tuple(fc.integer({ min: 0, max: 3_652_058 }), fc.integer({ min: 0, max: 863_999_999_999 }))
    .map(([day, tick]) => new DateTime(day, tick, kind))
}

/** The kind of failure of an action, `none` if it does not fail; any other throw passes through. */
export function failureKind(action: () => unknown): string {
  try {
    action()
    return 'none'
  } catch (failure) {
    if (failure instanceof DotnetFailure) return failure.kind
    throw failure
  }
}
