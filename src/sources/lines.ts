/**
 * Splits a stream of text into lines, those of one piece together, so that whoever answers line by line may
 * flush whenever the input pauses. LF and CR LF end a line, and nothing else does: U+2028 is data.
 */
export const linesOf = async function* (pieces: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest = ''
  let first = true
  for await (const piece of pieces) {
    const text = first ? piece.replace(/^\ufeff/, '') : piece
    first = false
    if (!text.includes('\n')) {
      rest += text
      continue
    }
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    yield lines.map(withoutReturn)
  }
  if (rest !== '') yield [withoutReturn(rest)]
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
