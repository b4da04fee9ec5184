/** ISO 8601: a date, or a date and a time with or without a zone. */
const iso8601 =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * Reads an ISO 8601 text as the clock of an evaluation; a time without a zone is UTC, like the service's host.
 * Undefined if the text is not a date.
 */
export const parseClock = (text: string): Date | undefined => {
  const match = iso8601.exec(text)
  if (match === null) return undefined
  const zone = match[7]
  const normal = text.replace(' ', 'T').replace(',', '.')
  const date = new Date(match[4] === undefined || zone !== undefined ? normal.toUpperCase() : `${normal}Z`)
  if (Number.isNaN(date.getTime())) return undefined
  // Otherwise 30 February would be read as 1 or 2 March.
  const days = new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate()
  return Number(match[3]) <= days ? date : undefined
}
