/** A position as people count it: both numbers start at 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A text with an optional name (file name or JSON path), able to turn offsets into lines and columns. */
export class SourceText {
  readonly text: string
  readonly name: string | undefined
  #lineStarts: number[] | undefined

  constructor(text: string, name?: string) {
    this.text = text
    this.name = name
  }

  /** Offsets at which lines begin. CR LF, LF and a lone CR end a line. */
  get lineStarts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      this.#lineStarts = [0]
      for (const match of this.text.matchAll(/\r\n|\n|\r/g)) {
        this.#lineStarts.push(match.index + match[0].length)
      }
    }
    return this.#lineStarts
  }

  /** Line and column of an offset; offsets outside the text are clamped to it. */
  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length))
    const starts = this.lineStarts
    let low = 0
    let start = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      const found = starts[middle] ?? 0
      if (found > clamped) high = middle - 1
      else {
        low = middle
        start = found
      }
    }
    return { line: low + 1, column: clamped - start + 1 }
  }

  /** The text of a line (counted from 1) without its line ending. */
  line(number: number): string {
    const start = this.lineStarts[number - 1]
    if (start === undefined) return ''
    const end = this.lineStarts[number] ?? this.text.length
    return this.text.slice(start, end).replace(/[\r\n]+$/, '')
  }
}
