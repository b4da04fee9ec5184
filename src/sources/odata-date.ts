import { DateTime } from '../dotnet/dates/index.js'

/** Milliseconds since 1970; the minutes of an offset name a zone and do not move the instant. */
const form = /^\/Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\/$/

/**
 * The date and time, in UTC, that OData 2 writes as `/Date(1492098664000)/` (SuccessFactors does); undefined if the text is
 * not in that form, or outside the years 1 to 9999.
 */
export const odataDate = (text: string): DateTime | undefined => {
  const milliseconds = text.startsWith('/Date(') ? form.exec(text)?.[1] : undefined
  if (milliseconds === undefined) return undefined
  try {
    return DateTime.fromEpochMilliseconds(Number(milliseconds))
  } catch {
    return undefined
  }
}
