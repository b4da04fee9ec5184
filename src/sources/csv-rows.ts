/** A row as text, which may stand on several lines, with the line on which it begins. */
export interface CsvRow {
  readonly line: number
  readonly text: string
  /** A quoted cell of it is never closed. */
  readonly open?: boolean
}

/** A quoted cell on more lines than this was hardly meant: its quote is a stray one. */
const MOST_LINES = 1000

/**
 * Whether a quoted cell is still open at the end of a line. A quote opens a cell at its beginning only, so that the
 * inches in `5" pipe` open none.
 */
const isOpenAfter = (line: string, delimiter: string, open: boolean): boolean => {
  let quoted = open
  let atStart = !open
  for (let i = 0; i < line.length; i++) {
    const sign = line[i]
    if (quoted) {
      if (sign !== '"') continue
      if (line[i + 1] === '"') i++
      else quoted = false
    } else if (sign === '"' && atStart) {
      quoted = true
      atStart = false
    } else atStart = sign === delimiter
  }
  return quoted
}

/** Puts the lines of a CSV file together to rows. A stray quote costs its own row alone. */
export class CsvRows {
  readonly #delimiter: string
  /** The lines of the row under way. */
  #lines: string[] = []
  #firstLine = 0

  constructor(delimiter: string) {
    this.#delimiter = delimiter
  }

  /** Takes a line; gives the rows that it completes. */
  push(line: string, number: number): readonly CsvRow[] {
    const wasOpen = this.#lines.length > 0
    if (!wasOpen) this.#firstLine = number
    this.#lines.push(line)
    if (!isOpenAfter(line, this.#delimiter, wasOpen)) {
      const text = this.#lines.join('\n')
      this.#lines = []
      return text.trim() === '' ? [] : [{ line: this.#firstLine, text }]
    }
    return this.#lines.length > MOST_LINES ? this.#giveUp() : []
  }

  /** After the last line. */
  end(): readonly CsvRow[] {
    return this.#lines.length > 0 ? this.#giveUp() : []
  }

  /** The first line has a stray quote: it is faulty, and those after it are rows of their own. */
  #giveUp(): readonly CsvRow[] {
    const [first, ...others] = this.#lines
    const number = this.#firstLine
    this.#lines = []
    const rows = others.flatMap((line, index) => this.push(line, number + 1 + index))
    return [{ line: number, text: first!, open: true }, ...rows, ...this.end()]
  }
}
