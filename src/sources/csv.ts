import type { SourceRecord } from '../values/record.js'
import { cellsOf } from './csv-cells.js'
import { type CsvRow, CsvRows } from './csv-rows.js'
import type { NumberedLine } from './lines.js'
import { type Note, note } from './notes.js'
import { faultyEntry, type SourceEntry } from './source-entry.js'

/** The possible delimiters between cells. */
const delimiters = [',', ';', '\t', '|'] as const

/** The layout of a file. */
interface Layout {
  readonly delimiter: string
  /** The number of skipped lines before the header. */
  readonly skipped: number
  /** How many of them are titles of a report. */
  readonly titles: number
}

/** The maximum number of lines in which the header is looked for. */
const SAMPLE = 20

/** The cells of a line that may not be a whole row, or not CSV at all. */
const roughCellsOf = (line: string, delimiter: string): readonly string[] =>
  cellsOf(line, delimiter) ?? line.split(delimiter)

const filledIn = (line: string, delimiter: string): number =>
  roughCellsOf(line, delimiter).filter((cell) => cell.trim() !== '').length

/** The delimiter that divides most lines; if there are several, the one that gives the most cells. */
const delimiterIn = (lines: readonly string[]): string => {
  const scores = delimiters.map((sign) => {
    const counts = lines.map((line) => roughCellsOf(line, sign).length).filter((count) => count > 1)
    return { sign, lines: counts.length, most: Math.max(0, ...counts) }
  })
  scores.sort((a, b) => b.lines - a.lines || b.most - a.most)
  return scores[0]!.sign
}

/**
 * Finds the header: after Excel's `sep=;`, PowerShell's `#TYPE`, and titles, which are lines with a single
 * cell above lines with several.
 */
const layoutOf = (lines: readonly string[]): Layout => {
  let skipped = 0
  let delimiter: string | undefined
  for (const line of lines) {
    const sign = /^"?sep=(.)"?$/i.exec(line)?.[1]
    if (sign !== undefined) delimiter = sign
    else if (!/^"?#TYPE /i.test(line) && line.trim() !== '') break
    skipped++
  }
  const rest = lines.slice(skipped)
  const found = delimiter ?? delimiterIn(rest)
  const header = rest.findIndex((line) => filledIn(line, found) > 1)
  const titles = Math.max(0, header)
  return { delimiter: found, skipped: skipped + titles, titles }
}

/** The facts about the attributes after which columns are named. */
export interface CsvOptions {
  /** Whether an attribute is multi-valued: its cell is then a list. */
  readonly isMultivalued?: ((attribute: string) => boolean) | undefined
  readonly note: (found: Note) => void
}

/** The separators of the values of a list in a cell, the most reliable first. */
const listSigns = ['\n', ';', '|'] as const

/** The fault of a row whose quotes do not enclose whole cells. */
const STRAY_QUOTE = 'text follows the closing quote of a cell; a quote inside a cell is written twice'

class Rows {
  readonly #delimiter: string
  readonly #options: CsvOptions
  #header: readonly string[] | undefined

  constructor(delimiter: string, options: CsvOptions, header?: readonly string[]) {
    this.#delimiter = delimiter
    this.#options = options
    this.#header = header
  }

  entries(rows: readonly CsvRow[]): readonly SourceEntry[] {
    return rows.flatMap((row): readonly SourceEntry[] => {
      if (row.open === true) return [this.#faulty(row, 'a quote opens a cell, but none closes it')]
      const cells = cellsOf(row.text, this.#delimiter)
      if (cells === undefined) return [this.#faulty(row, STRAY_QUOTE)]
      if (this.#header === undefined) {
        this.#takeHeader(cells)
        return []
      }
      if (cells.length === this.#header.length) return [{ line: row.line, record: this.#record(cells) }]
      const counts = `it has ${cells.length} cells, and the header has ${this.#header.length}`
      return [this.#faulty(row, counts)]
    })
  }

  #faulty({ line, text }: CsvRow, reason: string): SourceEntry {
    const columns = this.#header
    return faultyEntry(line, 'AF4907', reason, {
      form: 'csv',
      text,
      ...(columns === undefined ? {} : { columns, delimiter: this.#delimiter }),
    })
  }

  #takeHeader(cells: readonly string[]): void {
    const names = cells.map((cell) => cell.trim())
    for (const name of new Set(names.filter((one, index) => one !== '' && names.indexOf(one) < index)))
      this.#options.note(note('AF4911', { name, count: names.filter((one) => one === name).length }))
    this.#header = names.map((name, index) => (names.indexOf(name) < index ? '' : name))
  }

  /**
   * A record without prototype, because a cell of the header may have any attribute name; an empty cell is
   * absent.
   */
  #record(cells: readonly string[]): SourceRecord {
    const record: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    this.#header!.forEach((name, index) => {
      const cell = cells[index]!
      if (cell === '' || name === '') return
      record[name] = this.#options.isMultivalued?.(name) === true ? this.#listOf(cell) : cell
    })
    return record
  }

  #listOf(cell: string): readonly string[] {
    const sign = listSigns.find((one) => one !== this.#delimiter && cell.includes(one))
    if (sign === undefined) return [cell]
    return cell
      .split(sign)
      .map((value) => value.trim())
      .filter((value) => value !== '')
  }
}

/**
 * Reads CSV (RFC 4180 and the variants of Excel and PowerShell). A faulty row is reported once, with its
 * first line as an editor counts it; it does not affect others.
 */
export const readCsv = async function* (
  lines: AsyncIterable<readonly NumberedLine[]>,
  options: CsvOptions,
): AsyncGenerator<readonly SourceEntry[]> {
  let held: NumberedLine[] = []
  let reader: { readonly rows: CsvRows; readonly records: Rows } | undefined
  const begin = (): { readonly rows: CsvRows; readonly records: Rows } => {
    const { delimiter, skipped, titles } = layoutOf(held.slice(0, SAMPLE).map(({ text }) => text))
    if (titles > 0) options.note(note('AF4916', { count: titles, line: held[skipped]?.line ?? skipped + 1 }))
    held = held.slice(skipped)
    return { rows: new CsvRows(delimiter), records: new Rows(delimiter, options) }
  }
  const take = (group: readonly NumberedLine[]): readonly SourceEntry[] => {
    const { rows, records } = reader!
    return records.entries(group.flatMap(({ text, line }) => rows.push(text, line)))
  }
  for await (const group of lines) {
    if (reader === undefined) {
      held.push(...group)
      if (held.length < SAMPLE) continue
      reader = begin()
      yield take(held)
      held = []
    } else yield take(group)
  }
  if (reader === undefined) {
    reader = begin()
    yield take(held)
  }
  yield reader.records.entries(reader.rows.end())
}

/** Reads the text of one row, given the names of its columns. */
export const readCsvRow = (
  line: number,
  text: string,
  columns: readonly string[],
  delimiter: string,
  options: CsvOptions,
): SourceEntry | undefined => new Rows(delimiter, options, columns).entries([{ line, text }])[0]
