/** A line within bytes, without its line break. */
export interface ByteLine {
  readonly start: number
  readonly end: number
  /** Its place among the lines, from 0. */
  readonly index: number
}

const [LINE_FEED, RETURN, QUOTE, BACKSLASH, OPEN, CLOSE] = [10, 13, 34, 92, 123, 125] as const

/** The next place of something at or behind a place; the length of the bytes when there is none. */
type Finder = (from: number) => number

/** Searches only when the last place it found was passed, so that the bytes are searched once. */
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
 * A search for a text. JSON has a quote every few bytes, and a search for a text that begins with one stops at each; so
 * the quote is looked at only where the rest was found.
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

/** Groups, of which one must be met; each of lists, which all must; each of texts, of which one must occur. */
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
 * The lines that have what is sought, that have a backslash (behind which a text may hide as an escape), or that are no
 * object on one line.
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
