/** A line with its number, from 1. */
export interface NumberedLine {
  readonly line: number
  readonly text: string
}

/**
 * Splits a stream of text into lines, grouped by piece, so that a caller that answers line by line can flush
 * whenever the input pauses. Only LF and CR LF end a line: U+2028 is data.
 */
export const linesOf = async function* (pieces: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest: string[] = []
  let first = true
  for await (const piece of pieces) {
    const text = first ? piece.replace(/^\ufeff/, '') : piece
    first = false
    if (!text.includes('\n')) {
      rest.push(text)
      continue
    }
    const lines = text.split('\n')
    lines[0] = rest.join('') + lines[0]
    rest = lines.splice(-1)
    yield lines.map(withoutReturn)
  }
  const last = rest.join('')
  if (last !== '') yield [withoutReturn(last)]
}

/** The lines with their numbers. */
export const numberedLines = async function* (
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly NumberedLine[]> {
  let line = 0
  for await (const lines of linesOf(pieces)) yield lines.map((text) => ({ line: ++line, text }))
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
