/** A line within bytes, without its line break. */
export interface ByteLine {
  readonly start: number
  readonly end: number
  /** Its place among the lines, from 0. */
  readonly index: number
}

const [LINE_FEED, RETURN, BACKSLASH, OPEN, CLOSE] = [10, 13, 92, 123, 125] as const

/** The next place of something at or behind a place; the length of the bytes when there is none. */
type Finder = (from: number) => number

/** Looks for the next place only when it was passed, so that the bytes are searched once. */
const finder = (bytes: Buffer, sought: Buffer | number): Finder => {
  let next = -1
  return (from) => {
    if (next < from) {
      const found = bytes.indexOf(sought, from)
      next = found < 0 ? bytes.length : found
    }
    return next
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
  const groups = sought.map((lists) => lists.map((texts) => texts.map((text) => finder(bytes, text))))
  const backslash = finder(bytes, BACKSLASH)
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
