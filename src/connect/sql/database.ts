import { createRequire } from 'node:module'
import type { Kysely, SqliteDatabase } from 'kysely'
import { MissingDriver } from '../missing-driver.js'

/** The tables of a database, whose names are known only from the job file. */
export type AnyTables = Record<string, Record<string, unknown>>

/** A database connection. */
export interface SqlDatabase {
  readonly db: Kysely<AnyTables>
  readonly system: 'postgres' | 'sqlite'
  /** For messages: without user and password. */
  readonly name: string
  close(): Promise<void>
}

const WHAT = 'SQL connectors'

const loadKysely = async (): Promise<typeof import('kysely')> => {
  try {
    return await import('kysely')
  } catch {
    throw new MissingDriver(WHAT, 'kysely', '0.28')
  }
}

/** The part of the node:sqlite API in use. */
interface SqliteStatement {
  columns(): readonly unknown[]
  all(...values: readonly unknown[]): unknown[]
  run(...values: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint }
}
interface SqliteConnection {
  prepare(sql: string): SqliteStatement
  exec(sql: string): void
  close(): void
}
type SqliteDriver = { readonly DatabaseSync: new (path: string) => SqliteConnection }

const loadSqlite = async (): Promise<SqliteDriver> => {
  try {
    return createRequire(import.meta.url)('node:sqlite') as SqliteDriver
  } catch {
    // This version of Node has no node:sqlite.
  }
  try {
    return (await import('@photostructure/sqlite')) as unknown as SqliteDriver
  } catch {
    throw new MissingDriver('SQLite databases on this Node', '@photostructure/sqlite', '1')
  }
}

/** A value in the form that SQLite accepts: it has no Booleans. */
const sqliteValue = (value: unknown): unknown =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : value

/** node:sqlite with the interface that kysely's dialect expects. */
const forKysely = (connection: SqliteConnection): SqliteDatabase => ({
  close: () => connection.close(),
  prepare: (sql) => {
    const statement = connection.prepare(sql)
    return {
      reader: statement.columns().length > 0,
      all: (values) => statement.all(...values.map(sqliteValue)),
      run: (values) => statement.run(...values.map(sqliteValue)),
      iterate: function* (values) {
        yield* statement.all(...values.map(sqliteValue))
      },
    }
  },
})

/**
 * Connects to a database when it is first used.
 * @param address `postgres://user@host/database`, or `sqlite:PATH`
 * @throws {MissingDriver} if a package is not installed
 * @throws {RangeError} for another address
 */
export const openDatabase = async (address: string): Promise<SqlDatabase> => {
  const { Kysely, PostgresDialect, SqliteDialect } = await loadKysely()
  if (address.startsWith('sqlite:')) {
    const path = address.slice('sqlite:'.length)
    const { DatabaseSync } = await loadSqlite()
    const connection = new DatabaseSync(path)
    connection.exec('PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000')
    const db = new Kysely<AnyTables>({ dialect: new SqliteDialect({ database: forKysely(connection) }) })
    return { db, system: 'sqlite', name: path, close: () => db.destroy() }
  }
  if (!/^postgres(ql)?:\/\//i.test(address) || !URL.canParse(address))
    throw new RangeError(
      'the address of a database has the form postgres://user@host/database or sqlite:PATH',
    )
  let pg: typeof import('pg').default
  try {
    pg = (await import('pg')).default
  } catch {
    throw new MissingDriver(WHAT, 'pg', '8')
  }
  const url = new URL(address)
  const pool = new pg.Pool({
    connectionString: address,
    max: 8,
    connectionTimeoutMillis: 10_000,
    options: '-c datestyle=ISO -c timezone=UTC',
  })
  // If an idle connection breaks, it is replaced; without a listener the error would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool }) })
  return { db, system: 'postgres', name: `${url.host}${url.pathname}`, close: () => db.destroy() }
}
