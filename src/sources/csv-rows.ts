/** The text of a row, which may span several lines, with the number of its first line. */
export interface CsvRow {
  readonly line: number
  readonly text: string
  /** Whether one of its quoted cells is never closed. */
  readonly open?: boolean
}

/** A quoted cell on more lines is probably unintended: its quote is stray. */
const MOST_LINES = 1000

/**
 * Whether a quoted cell is still open at the end of a line. A quote opens a cell only at its beginning, so
 * the inch sign in `5" pipe` does not.
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
    } else atStart = sign === delimiter || (atStart && sign === '=')
  }
  return quoted
}

/** Combines the lines of a CSV file into rows. A stray quote affects only its own row. */
export class CsvRows {
  readonly #delimiter: string
  /** The lines of the current row. */
  #lines: string[] = []
  #firstLine = 0

  constructor(delimiter: string) {
    this.#delimiter = delimiter
  }

  /** Takes a line; returns the rows that it completes. */
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

  /** Call it after the last line. */
  end(): readonly CsvRow[] {
    return this.#lines.length > 0 ? this.#giveUp() : []
  }

  /** The first line has a stray quote: it is faulty, and the lines after it are separate rows. */
  #giveUp(): readonly CsvRow[] {
    const [first = '', ...others] = this.#lines
    const number = this.#firstLine
    this.#lines = []
    const rows = others.flatMap((line, index) => this.push(line, number + 1 + index))
    return [{ line: number, text: first, open: true }, ...rows, ...this.end()]
  }
}
