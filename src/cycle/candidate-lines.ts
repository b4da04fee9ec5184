/** A line within bytes, without its line break. */
export interface ByteLine {
  readonly start: number
  readonly end: number
  /** The index of the line, from 0. */
  readonly index: number
}

const [LINE_FEED, RETURN, QUOTE, BACKSLASH, OPEN, CLOSE] = [10, 13, 34, 92, 123, 125] as const

/** The next position of something at or after a position; the length of the bytes if there is none. */
type Finder = (from: number) => number

/** Searches again only when the last position found has been passed, so that the bytes are scanned once. */
const finder = (length: number, search: (from: number) => number): Finder => {
  let next = -1
  return (from) => {
    if (next < from) {
      const found = search(from)
      next = found < 0 ? length : found
    }
    return next
  }
}

/**
 * A search for a text. JSON contains a quote every few bytes, and a search for a text that begins with one
 * would stop at each. So the quote is only checked where the rest was found.
 */
const searchFor = (bytes: Buffer, text: Buffer): ((from: number) => number) => {
  if (text[0] !== QUOTE || text.length === 1) return (from) => bytes.indexOf(text, from)
  const rest = text.subarray(1)
  return (from) => {
    let found = bytes.indexOf(rest, from + 1)
    while (found >= 0 && bytes[found - 1] !== QUOTE) found = bytes.indexOf(rest, found + 1)
    return found < 0 ? -1 : found - 1
  }
}

/**
 * Groups, of which one must match. A group is a list of lists that must all match; a list matches if one of
 * its texts occurs.
 */
export type SoughtBytes = readonly (readonly (readonly Buffer[])[])[]

/** The lines of some bytes. */
export const linesIn = function* (bytes: Buffer): Generator<ByteLine> {
  for (let start = 0, index = 0; start < bytes.length; index++) {
    const found = bytes.indexOf(LINE_FEED, start)
    const next = found < 0 ? bytes.length : found
    yield { start, end: bytes[next - 1] === RETURN && next > start ? next - 1 : next, index }
    start = next + 1
  }
}

/**
 * The lines that match, that contain a backslash (a text may be written with escapes), or that are not a
 * whole object.
 * @param sought texts as UTF-8
 */
export const candidateLines = function* (bytes: Buffer, sought: SoughtBytes): Generator<ByteLine> {
  const { length } = bytes
  const groups = sought.map((lists) =>
    lists.map((texts) => texts.map((text) => finder(length, searchFor(bytes, text)))),
  )
  const backslash = finder(length, (from) => bytes.indexOf(BACKSLASH, from))
  for (const line of linesIn(bytes)) {
    const { start, end } = line
    const holds = (find: Finder): boolean => find(start) < end
    if (
      groups.some((lists) => lists.every((finders) => finders.some(holds))) ||
      holds(backslash) ||
      !isObject(bytes, start, end)
    )
      yield line
  }
}

const isObject = (bytes: Buffer, start: number, end: number): boolean =>
  bytes[start] === OPEN && bytes[end - 1] === CLOSE
