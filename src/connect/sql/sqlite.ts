import { createRequire } from 'node:module'
import type { SqliteDatabase } from 'kysely'
import { loadDriver } from '../missing-driver.js'
import { type AnyTables, refuseLists, type SqlDatabase } from './sql-database.js'

/** The part of the node:sqlite API in use. */
interface SqliteStatement {
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
    equals: (column, value) => (eb) => eb(column, '=', value),
    exactText: (column) => sql`cast(${sql.ref(column)} as text) collate binary`,
    fit: async (_tx, table, row) => {
      refuseLists(table, row)
      return row
    },
    close: () => db.destroy(),
  }
}
