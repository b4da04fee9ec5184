import type { SourceRecord } from '../../values/record.js'
import { type Answer, done, type Failure } from '../answer.js'
import type { RemovedReason, Source, SourceChange, SourcePage } from '../source.js'
import { openDatabase } from './database.js'
import { sqlFailure } from './failure.js'
import type { Row, SqlDatabase } from './sql-database.js'
import { anchorKinds, type ListTable } from './table.js'

/** A table in which triggers record changes. */
export interface ChangeTable {
  readonly table: string
  /** An integer column that increases with each row. */
  readonly sequence: string
  /** The column with the anchor of the object that changed or was deleted. */
  readonly anchor: string
}

/** Where the objects of one kind come from. */
export interface SqlSourceTable {
  /** A table or view: `NAME` or `SCHEMA.NAME`. */
  readonly table: string
  /** The column that identifies an object. */
  readonly anchor: string
  /** Attributes with a table of their own: each becomes a list. */
  readonly lists?: Readonly<Record<string, ListTable>>
  /**
   * A column that increases with each change of a row, such as a time. Only rows from the last value on are
   * read; deleted rows are not detected.
   */
  readonly watermark?: string
  /** A table in which triggers record changes; it also shows deleted rows. */
  readonly changes?: ChangeTable
}

/** How to read a database as a source. */
export interface SqlSourceOptions {
  /** `postgres://user@host/database`, `mariadb://user@host/database` or `sqlite:PATH`. */
  readonly address: string
  /** The table of each kind, by source object name. */
  readonly tables: Readonly<Record<string, SqlSourceTable>>
  /** Without watermark and changes: the meaning of a missing row. Default `hardDeleted`. */
  readonly missing?: RemovedReason | 'ignore'
  /** Returns an object with the attribute names that the mapping reads. Default: the names of the columns. */
  readonly shape?: (kind: string, record: SourceRecord) => SourceRecord
}

const PAGE = 500

/** A value of a column: times as ISO 8601 in UTC, large integers unchanged. */
const fromColumn = (value: unknown): unknown =>
  value instanceof Date
    ? value.toISOString()
    : value instanceof Uint8Array
      ? Buffer.from(value).toString('base64')
      : value

/** The column value of a watermark. It is text, so that no database type loses precision. */
const markOf = (value: unknown): string | undefined =>
  value === null || value === undefined
    ? undefined
    : value instanceof Date
      ? value.toISOString()
      : String(value)

/** Tables or views of a database, read page by page. */
export class SqlSource implements Source {
  readonly name: string
  readonly reads: 'everything' | 'changes'
  readonly missing: RemovedReason | 'ignore'
  readonly #options: SqlSourceOptions
  #database: Promise<SqlDatabase> | undefined

  constructor(options: SqlSourceOptions) {
    this.#options = options
    const tables = Object.values(options.tables)
    this.reads = tables.some(({ watermark, changes }) => watermark !== undefined || changes !== undefined)
      ? 'changes'
      : 'everything'
    this.missing = options.missing ?? 'hardDeleted'
    this.name = tables.map(({ table }) => table).join(', ')
  }

  #open(): Promise<SqlDatabase> {
    this.#database ??= openDatabase(this.#options.address)
    return this.#database
  }

  async probe(): Promise<Answer<void>> {
    const [table] = Object.values(this.#options.tables)
    if (table === undefined) return done(undefined)
    try {
      const { db } = await this.#open()
      await db.selectFrom(table.table).select(table.anchor).limit(1).execute()
      return done(undefined)
    } catch (error) {
      return failed(table, error)
    }
  }

  async *read(kind: string, since?: string, signal?: AbortSignal): AsyncGenerator<SourcePage> {
    const table = Object.hasOwn(this.#options.tables, kind) ? this.#options.tables[kind] : undefined
    if (table === undefined) return
    try {
      if (table.changes === undefined) yield* this.#rows(table, since, signal)
      else if (since === undefined) {
        // Changes made during the complete read are read again the next time.
        const mark = await this.#lastSequence(table.changes)
        yield* this.#rows(table, undefined, signal)
        yield { changes: [], watermark: mark }
      } else yield* this.#changed(table, table.changes, since, signal)
    } catch (error) {
      if ((error as Error).name === 'MissingDriver') throw error
      yield { changes: [], failure: failed(table, error) }
    }
  }

  async get(kind: string, id: string): Promise<Answer<SourceRecord>> {
    const table = Object.hasOwn(this.#options.tables, kind) ? this.#options.tables[kind] : undefined
    if (table === undefined)
      return { outcome: 'gone', code: 'InvalidAnchor', reason: `there is no table for ${kind}` }
    try {
      const { db, equals } = await this.#open()
      const row = (await db
        .selectFrom(table.table)
        .selectAll()
        .where(equals(table.anchor, id))
        .executeTakeFirst()) as Row | undefined
      if (row === undefined)
        return { outcome: 'gone', code: 'InvalidAnchor', reason: `${table.table} has no such row` }
      const [record = {}] = await this.#records(table, [row])
      return done(record)
    } catch (error) {
      return failed(table, error)
    }
  }

  shape(kind: string, record: SourceRecord): SourceRecord {
    return this.#options.shape?.(kind, record) ?? record
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined)
    await database?.close()
  }

  /**
   * All rows, or those from a watermark on, ordered by the anchor, so that each page continues after the
   * previous one.
   */
  async *#rows(
    table: SqlSourceTable,
    since: string | undefined,
    signal?: AbortSignal,
  ): AsyncGenerator<SourcePage> {
    const { anchor, watermark } = table
    const { db, isAtLeast } = await this.#open()
    let mark = since
    let after: unknown
    for (;;) {
      if (signal?.aborted === true) return
      const last = after
      let query = db.selectFrom(table.table).selectAll().orderBy(anchor).limit(PAGE)
      // A row that changed at the time of the watermark may have been missed: it is read again.
      if (watermark !== undefined && since !== undefined) query = query.where(isAtLeast(watermark, since))
      if (last !== undefined) query = query.where(anchor, '>', last)
      const rows = (await query.execute()) as readonly Row[]
      if (watermark !== undefined)
        for (const row of rows) {
          const found = markOf(row[watermark])
          if (found !== undefined && (mark === undefined || isLater(found, mark))) mark = found
        }
      after = rows.at(-1)?.[anchor]
      const isLast = rows.length < PAGE
      const changes = await this.#changesOf(table, rows)
      yield {
        changes,
        ...(isLast && watermark !== undefined && mark !== undefined ? { watermark: mark } : {}),
      }
      if (isLast) return
    }
  }

  /** The mark of a change table before everything is read. */
  async #lastSequence({ table, sequence }: ChangeTable): Promise<string> {
    const { db } = await this.#open()
    const rows = (await db
      .selectFrom(table)
      .select(sequence)
      .orderBy(sequence, 'desc')
      .limit(MOST_MISSING)
      .execute()) as readonly Row[]
    const numbers = rows.map((row) => String(row[sequence]))
    const last = numbers[0] ?? '0'
    return markText(last, missingNumbers(numbers.at(-1) ?? last, last, numbers))
  }

  /**
   * Objects that the change table names after a mark: their current state, or their removal. A transaction that was
   * open during the last read may have recorded a lower number, so numbers that were missing then are read again.
   */
  async *#changed(
    table: SqlSourceTable,
    { table: name, sequence, anchor }: ChangeTable,
    since: string,
    signal?: AbortSignal,
  ): AsyncGenerator<SourcePage> {
    const { db } = await this.#open()
    let { last, missing } = readMark(since)
    for (let isFirst = true; ; isFirst = false) {
      if (signal?.aborted === true) return
      const from = last
      const query = db.selectFrom(name).select([sequence, anchor])
      const late =
        isFirst && missing.length > 0
          ? ((await query.where(sequence, 'in', missing).execute()) as readonly Row[])
          : []
      const next = (await query
        .where(sequence, '>', from)
        .orderBy(sequence)
        .limit(PAGE)
        .execute()) as readonly Row[]
      const noted = [...late, ...next]
      const numbers = noted.map((row) => String(row[sequence]))
      last = next.length === 0 ? from : (numbers.at(-1) ?? from)
      missing = [...missing, ...missingNumbers(from, last, numbers)].filter((one) => !numbers.includes(one))
      const ids = [...new Set(noted.map((row) => row[anchor]))]
      const rows =
        ids.length === 0
          ? []
          : ((await db
              .selectFrom(table.table)
              .selectAll()
              .where(table.anchor, 'in', ids)
              .execute()) as readonly Row[])
      const there = new Set(rows.map((row) => String(row[table.anchor])))
      const removed = ids
        .map(String)
        .filter((id) => !there.has(id))
        .map((id): SourceChange => ({ type: 'removed', id, reason: 'hardDeleted' }))
      yield {
        changes: [...(await this.#changesOf(table, rows)), ...removed],
        watermark: markText(last, missing),
      }
      if (next.length < PAGE) return
    }
  }

  async #changesOf(table: SqlSourceTable, rows: readonly Row[]): Promise<readonly SourceChange[]> {
    const records = await this.#records(table, rows)
    const seen = new Set<string>()
    return records.map((record, index): SourceChange => {
      const anchor = rows[index]?.[table.anchor] ?? ''
      const id = String(anchor)
      const faulty = (at: string): SourceChange => ({ type: 'faulty', at, diagnostics: [] })
      if (id === '') return faulty(`a row of ${table.table} without ${table.anchor}`)
      if (typeof anchor === 'object') return faulty(`a row of ${table.table}: ${anchorKinds(table.anchor)}`)
      if (seen.has(id)) return faulty(`a second row of ${table.table} with the ${table.anchor} ${id}`)
      seen.add(id)
      return { type: 'changed', id, record }
    })
  }

  /** Rows as objects, with the lists from their own tables. */
  async #records(table: SqlSourceTable, rows: readonly Row[]): Promise<readonly SourceRecord[]> {
    const records = rows.map(
      (row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, fromColumn(value)])) as Record<
          string,
          unknown
        >,
    )
    if (rows.length === 0) return records
    const { db } = await this.#open()
    for (const [attribute, { table: name, key, value }] of Object.entries(table.lists ?? {})) {
      const elements = (await db
        .selectFrom(name)
        .select([key, value])
        .where(
          key,
          'in',
          rows.map((row) => row[table.anchor]),
        )
        .orderBy(value)
        .execute()) as readonly Row[]
      const byKey = new Map<string, unknown[]>()
      for (const element of elements) {
        const id = String(element[key])
        byKey.set(id, [...(byKey.get(id) ?? []), fromColumn(element[value])])
      }
      for (const [at, record] of records.entries())
        record[attribute] = byKey.get(String(rows[at]?.[table.anchor])) ?? []
    }
    return records
  }
}

/** Numbers are compared as numbers, times and everything else as text. */
const isLater = (a: string, b: string): boolean => {
  if (WHOLE.test(a) && WHOLE.test(b)) return BigInt(a) > BigInt(b)
  const [x, y] = [Number(a), Number(b)]
  // Without Z, a time with fewer digits sorts before one with more.
  return Number.isNaN(x) || Number.isNaN(y) ? a.replace(/Z$/, '') > b.replace(/Z$/, '') : x > y
}

const WHOLE = /^-?\d+$/

/** How many missing numbers of a change table are remembered, the latest ones. */
const MOST_MISSING = 1000

/** The numbers between two others that were not read. */
const missingNumbers = (from: string, to: string, read: readonly string[]): readonly string[] => {
  if (!WHOLE.test(from) || !WHOLE.test(to)) return []
  const known = new Set(read)
  const missing: string[] = []
  for (let at = BigInt(to) - 1n; at > BigInt(from) && BigInt(to) - at <= MOST_MISSING; at--)
    if (!known.has(String(at))) missing.unshift(String(at))
  return missing
}

/** A mark of a change table: the last number, and missing ones before it: `12`, or `12 without 9,10`. */
const markText = (last: string, missing: readonly string[]): string =>
  missing.length === 0 ? last : `${last} without ${missing.slice(-MOST_MISSING).join(',')}`

const readMark = (mark: string): { readonly last: string; readonly missing: readonly string[] } => {
  const [last = '0', missing = ''] = mark.split(' without ')
  return { last, missing: missing === '' ? [] : missing.split(',') }
}

const failed = ({ table }: SqlSourceTable, error: unknown): Failure => {
  if ((error as Error).name === 'MissingDriver') throw error
  return sqlFailure(`read of ${table}`, error, false)
}
