import { type CsvError, type InfoRecord, type Parser, parse } from 'csv-parse'
import type { SourceRecord } from '../values/record.js'
import { faultyEntry, type SourceEntry } from './source-entry.js'

/** The sign between cells: the one of comma, semicolon and tab that the header has most of. */
export const delimiterOf = (header: string): string => {
  const count = (sign: string): number => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** A record without prototype, as any cell of the header may name an attribute; an empty cell is absent. */
const recordOf = (header: readonly string[], cells: readonly string[]): SourceRecord => {
  const record: Record<string, string> = Object.create(null) as Record<string, string>
  for (let i = 0; i < header.length; i++) if (cells[i] !== '') record[header[i]!] = cells[i]!
  return record
}

/** Reads CSV (RFC 4180) that arrives in pieces. A faulty row is reported alone. */
export class CsvReader {
  readonly #parser: Parser
  #entries: SourceEntry[] = []
  #header: readonly string[] | undefined

  constructor(delimiter: string) {
    this.#parser = parse({
      delimiter,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_record: (cells: string[], info: InfoRecord) => {
        this.#take(cells, info.lines)
        return null
      },
      on_skip: (error) => {
        this.#skip(error)
        return undefined
      },
    })
    // What the parser throws at the end, such as for a quote that is never closed, is one more faulty row.
    this.#parser.on('error', (error) => this.#skip(error as CsvError))
    this.#parser.resume()
  }

  #take(cells: readonly string[], lastLine: number): void {
    if (this.#header === undefined) {
      this.#header = cells.map((cell) => cell.trim())
      return
    }
    const breaks = cells.reduce(
      (sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0),
      0,
    )
    this.#entries.push({ line: lastLine - breaks, record: recordOf(this.#header, cells) })
  }

  #skip(error: CsvError | undefined): void {
    const line = Number((error as { lines?: number } | undefined)?.lines ?? 0)
    this.#entries.push(faultyEntry(line, 'AF4907', error?.message ?? 'it is malformed'))
  }

  /** Takes a piece; gives the rows that it completes. */
  async push(piece: string): Promise<readonly SourceEntry[]> {
    await new Promise<void>((done) => this.#parser.write(piece, () => done()))
    return this.#drain()
  }

  /** After the last piece. */
  async end(): Promise<readonly SourceEntry[]> {
    await new Promise<void>((done) => {
      this.#parser.once('close', () => done())
      this.#parser.end()
    })
    return this.#drain()
  }

  #drain(): readonly SourceEntry[] {
    const entries = this.#entries
    this.#entries = []
    return entries
  }
}
