import type { SourceRecord } from '../../values/record.js'
import { type Answer, done, type Failure } from '../answer.js'
import type { RemovedReason, Source, SourceChange, SourcePage } from '../source.js'
import { openDatabase } from './database.js'
import { sqlFailure } from './failure.js'
import type { Row, SqlDatabase } from './sql-database.js'
import type { ListTable } from './table.js'

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
      const [record] = await this.#records(table, [row])
      return done(record!)
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
    const { db } = await this.#open()
    let mark = since
    let after: unknown
    for (;;) {
      if (signal?.aborted === true) return
      const last = after
      let query = db.selectFrom(table.table).selectAll().orderBy(anchor).limit(PAGE)
      // A row that changed at the time of the watermark may have been missed: it is read again.
      if (watermark !== undefined && since !== undefined) query = query.where(watermark, '>=', since)
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

  async #lastSequence({ table, sequence }: ChangeTable): Promise<string> {
    const { db } = await this.#open()
    const row = (await db
      .selectFrom(table)
      .select(sequence)
      .orderBy(sequence, 'desc')
      .limit(1)
      .executeTakeFirst()) as Row | undefined
    return markOf(row?.[sequence]) ?? '0'
  }

  /** Objects that the change table names after a sequence: their current state, or their removal. */
  async *#changed(
    table: SqlSourceTable,
    { table: name, sequence, anchor }: ChangeTable,
    since: string,
    signal?: AbortSignal,
  ): AsyncGenerator<SourcePage> {
    const { db } = await this.#open()
    let mark = since
    for (;;) {
      if (signal?.aborted === true) return
      const noted = (await db
        .selectFrom(name)
        .select([sequence, anchor])
        .where(sequence, '>', mark)
        .orderBy(sequence)
        .limit(PAGE)
        .execute()) as readonly Row[]
      mark = markOf(noted.at(-1)?.[sequence]) ?? mark
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
      yield { changes: [...(await this.#changesOf(table, rows)), ...removed], watermark: mark }
      if (noted.length < PAGE) return
    }
  }

  async #changesOf(table: SqlSourceTable, rows: readonly Row[]): Promise<readonly SourceChange[]> {
    const records = await this.#records(table, rows)
    return records.map((record, at): SourceChange => {
      const id = rows[at]![table.anchor]
      return id === null || id === undefined || String(id) === ''
        ? { type: 'faulty', at: `a row of ${table.table} without ${table.anchor}`, diagnostics: [] }
        : { type: 'changed', id: String(id), record }
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
      for (const [at, row] of rows.entries())
        records[at]![attribute] = byKey.get(String(row[table.anchor])) ?? []
    }
    return records
  }
}

/** Numbers are compared as numbers, everything else as text, which sorts ISO times correctly. */
const isLater = (a: string, b: string): boolean => {
  const [x, y] = [Number(a), Number(b)]
  return Number.isNaN(x) || Number.isNaN(y) ? a > b : x > y
}

const failed = ({ table }: SqlSourceTable, error: unknown): Failure => {
  if ((error as Error).name === 'MissingDriver') throw error
  return sqlFailure(`read of ${table}`, error, false)
}
