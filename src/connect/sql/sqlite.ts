import { createRequire } from 'node:module'
import type { SqliteDatabase } from 'kysely'
import { loadDriver } from '../missing-driver.js'
import { type AnyTables, refuseLists, type SqlDatabase } from './sql-database.js'
import { disagrees } from './work.js'

/** The part of the node:sqlite API in use. */
interface SqliteStatement {
  setReadBigInts(enabled: boolean): unknown
  columns(): readonly unknown[]
  all(...values: readonly unknown[]): unknown[]
  run(...values: readonly unknown[]): {
    changes: number | bigint
    lastInsertRowid: number | bigint
  }
}
interface SqliteConnection {
  prepare(sql: string): SqliteStatement
  exec(sql: string): void
  close(): void
}
type SqliteDriver = {
  readonly DatabaseSync: new (path: string) => SqliteConnection
}

const loadSqlite = async (): Promise<SqliteDriver> => {
  try {
    return createRequire(import.meta.url)('node:sqlite') as SqliteDriver
  } catch {
    // This version of Node has no node:sqlite.
  }
  const name = '@photostructure/sqlite'
  return loadDriver('SQLite databases on this Node', name, '1', () => import('@photostructure/sqlite'))
}

/**
 * A value in the form that SQLite accepts: it has no Booleans.
 * @throws {FailureError} for an integer of more than 64 bits
 */
const sqliteValue = (value: unknown): unknown => {
  if (typeof value === 'bigint' && value !== BigInt.asIntN(64, value))
    throw disagrees('SQLite stores no integer of more than 64 bits')
  return typeof value === 'boolean' ? Number(value) : (value ?? null)
}

/** Rows with integers as numbers; those that a number cannot represent are texts, as with the other databases. */
const fromSqlite = (rows: unknown[]): unknown[] => {
  for (const row of rows as Record<string, unknown>[])
    for (const name of Object.keys(row)) {
      const value = row[name]
      if (typeof value === 'bigint')
        row[name] = Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    }
  return rows
}

/** An integer as SQLite writes it. */
const INTEGER = /^(?:0|-?[1-9]\d{0,17})$/

/**
 * The forms of a value. A column of a table converts what it is compared with to its own type; an expression in a view
 * has no type, and there a text never equals an integer.
 */
const formsOf = (value: unknown): readonly unknown[] =>
  typeof value === 'string' && INTEGER.test(value) ? [value, BigInt(value)] : [value]

/** node:sqlite with the interface that kysely's dialect expects. */
const forKysely = (connection: SqliteConnection): SqliteDatabase => ({
  close: () => connection.close(),
  prepare: (sql) => {
    const statement = connection.prepare(sql)
    statement.setReadBigInts(true)
    return {
      reader: statement.columns().length > 0,
      all: (values) => fromSqlite(statement.all(...values.map(sqliteValue))),
      run: (values) => statement.run(...values.map(sqliteValue)),
      iterate: function* (values) {
        yield* fromSqlite(statement.all(...values.map(sqliteValue)))
      },
    }
  },
})

/** Opens a SQLite file, and creates it if there is none. */
export const openSqlite = async (
  { Kysely, SqliteDialect, sql }: typeof import('kysely'),
  path: string,
): Promise<SqlDatabase> => {
  const { DatabaseSync } = await loadSqlite()
  const connection = new DatabaseSync(path)
  connection.exec('PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000')
  const db = new Kysely<AnyTables>({
    dialect: new SqliteDialect({ database: forKysely(connection) }),
  })
  return {
    db,
    system: 'sqlite',
    sql,
    name: path,
    equals: (column, value) => (eb) => eb(column, 'in', formsOf(value)),
    isAtLeast: (column, mark) => (eb) => eb(column, '>=', formsOf(mark).at(-1)),
    exactText: (column) => sql`cast(${sql.ref(column)} as text) collate binary`,
    fit: async (_tx, table, row) => {
      refuseLists(table, row)
      return row
    },
    close: () => db.destroy(),
  }
}
