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
  return scores[0]?.sign ?? ','
}

/**
 * Finds the header: after Excel's `sep=;`, PowerShell's `#TYPE`, the portal's `version:v1.0`, and titles, which
 * are lines with less than half as many filled cells as the lines below have in the middle.
 */
const layoutOf = (lines: readonly string[]): Layout => {
  let skipped = 0
  let delimiter: string | undefined
  for (const line of lines) {
    const sign = /^"?sep=(.)"?$/i.exec(line)?.[1]
    if (sign !== undefined) delimiter = sign
    else if (!/^"?(?:#TYPE |version:v)/i.test(line) && line.trim() !== '') break
    skipped++
  }
  const rest = lines.slice(skipped)
  const found = delimiter ?? delimiterIn(rest)
  const filled = rest.map((line) => filledIn(line, found))
  const several = filled.filter((count) => count > 1).sort((a, b) => a - b)
  const usual = several[several.length >> 1] ?? 0
  const header = filled.findIndex((count) => count > 1 && count * 2 >= usual)
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

/** The text of a cell; csvde writes text beyond ASCII as `X'5a6fc3ab'`, its bytes in UTF-8. */
const hexText = (cell: string): string => {
  const hex = cell.startsWith("X'") ? /^X'((?:[\da-f]{2})+)'$/.exec(cell)?.[1] : undefined
  if (hex === undefined) return cell
  try {
    return decodeURIComponent(hex.replaceAll(/../g, '%$&'))
  } catch {
    return cell
  }
}

/** The fault of a row whose quotes do not enclose whole cells. */
const STRAY_QUOTE = 'text follows the closing quote of a cell; a quote inside a cell is written twice'

/** A header of the portal's templates: `Name [displayName] Required`, in the language of the portal. */
const inTemplate = /^.+ \[(\w+)\]/

/** The word for yes in a template's `Block sign in (Yes/No) [accountEnabled] Required`. */
const blockedWord = /\(([^/]+)\/.+\) \[accountEnabled\]/

/** The name for the column of a template that says whether the sign-in is blocked. */
const BLOCKED = 'blockSignIn'

/** How a line of totals begins. */
const inFooter = /^(?:grand |sub)?total\b|^(?:sum|count|records|rows|summe|gesamt)\b[\s:]*\d*$/i

class Rows {
  readonly #delimiter: string
  readonly #options: CsvOptions
  #header: readonly string[] | undefined
  /** In a template: the word that blocks the sign-in. */
  #blocked = 'Yes'
  /** Whether the next row may be the example of a template. */
  #example = false
  /** Whether a row was reported as a total. */
  #footer = false
  /** Columns without a name in the header, until one has a value. */
  #unnamed: ReadonlySet<number> = new Set()

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
      const width = this.#header.length
      this.#noticeFooter(row, cells)
      if (this.#isExample(row, cells[0] ?? '')) return []
      if (cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell === '')))
        return [{ line: row.line, record: this.#record(cells) }]
      const counts = `it has ${cells.length} cells, and the header has ${width}`
      return [this.#faulty(row, counts)]
    })
  }

  #isExample({ line }: CsvRow, first: string): boolean {
    const found = this.#example && /^\p{L}+ ?: /u.test(first)
    this.#example = false
    if (found) this.#options.note(note('AF4916', { line: line - 1, skipped: `the example on line ${line}` }))
    return found
  }

  /** Reports a row that begins like a total and has empty cells, once. */
  #noticeFooter({ line }: CsvRow, cells: readonly string[]): void {
    const text = cells.find((cell) => cell.trim() !== '')?.trim()
    if (this.#footer || text === undefined || !inFooter.test(text)) return
    if (cells.every((cell) => cell.trim() !== '')) return
    this.#footer = true
    this.#options.note(note('AF4927', { line, text }))
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
    const template = cells.some((cell) => inTemplate.test(cell))
    this.#example = template
    const names = cells.map((cell) => {
      const blocked = blockedWord.exec(cell)?.[1]
      if (blocked === undefined) return (template ? inTemplate.exec(cell)?.[1] : undefined) ?? cell.trim()
      this.#blocked = blocked
      return BLOCKED
    })
    this.#unnamed = new Set(names.flatMap((name, index) => (name === '' ? [index] : [])))
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
    this.#header?.forEach((name, index) => {
      const cell = cells[index] ?? ''
      if (cell === '') return
      if (name === '') this.#lose(index)
      else if (name === BLOCKED) record[name] = cell.toLowerCase() === this.#blocked.toLowerCase()
      else record[name] = this.#options.isMultivalued?.(name) === true ? this.#listOf(cell) : hexText(cell)
    })
    return record
  }

  /** Reports a column that is not read because it has no name, once. */
  #lose(index: number): void {
    if (!this.#unnamed.has(index)) return
    this.#unnamed = new Set([...this.#unnamed].filter((one) => one !== index))
    this.#options.note(note('AF4926', { number: index + 1 }))
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
    if (titles > 0)
      options.note(
        note('AF4916', {
          line: held[skipped]?.line ?? skipped + 1,
          skipped: titles === 1 ? 'a line above it' : `${titles} lines above it`,
        }),
      )
    held = held.slice(skipped)
    return { rows: new CsvRows(delimiter), records: new Rows(delimiter, options) }
  }
  const take = (group: readonly NumberedLine[]): readonly SourceEntry[] => {
    if (reader === undefined) return []
    const { rows, records } = reader
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
