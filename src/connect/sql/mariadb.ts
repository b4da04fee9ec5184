import type { MysqlPool, MysqlPoolConnection } from 'kysely'
import { loadDriver } from '../missing-driver.js'
import {
  type AnyTables,
  type Condition,
  columnsOfType,
  refuseLists,
  type SqlDatabase,
} from './sql-database.js'

/** A text that MariaDB reads completely as a number. */
const NUMERAL = /^[-+]?\d+(\.\d+)?$/

/** A point in time in ISO 8601. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:\d\d)$/

/**
 * The column has exactly this value. MariaDB compares a text with a number by the leading digits of the text, so
 * `1 or 1=1` would find row 1. A text that is not a number must therefore also equal the column as text.
 */
const equals = (column: string, value: unknown): Condition => {
  const text = typeof value === 'boolean' ? String(Number(value)) : value === null ? null : String(value)
  return (eb) =>
    text === null || NUMERAL.test(text)
      ? eb(column, '=', text)
      : eb.and([eb(column, '=', text), eb(eb.cast<string>(column, 'char'), '=', text)])
}

/** MariaDB accepts no offset: a point in time is written in UTC, the time zone of the connection. */
const withoutZone = (value: unknown): unknown => {
  if (typeof value !== 'string' || !INSTANT.test(value)) return value
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? value : time.toISOString().replace('T', ' ').replace('Z', '')
}

/** A pool that uses prepared statements: values reach the server separately and are never part of the text. */
const prepared = (pool: import('mysql2').Pool): MysqlPool => ({
  getConnection: (done) =>
    pool.getConnection((error, connection) => {
      if (error !== null) return done(error, undefined as never)
      const query: MysqlPoolConnection['query'] = (statement: string, values: unknown[], answer?: unknown) =>
        (values.length === 0
          ? connection.query(statement, answer as never)
          : connection.execute(statement, values as never[], answer as never)) as never
      done(undefined, { query, release: () => connection.release() })
    }),
  end: (done) => pool.end(done),
})

/** Connects to MariaDB when it is first used. */
export const openMariadb = async (kysely: typeof import('kysely'), address: URL): Promise<SqlDatabase> => {
  const { CompiledQuery, MysqlAdapter, MysqlDialect, sql } = kysely
  const { default: mysql } = await loadDriver('SQL connectors', 'mysql2', '3', () => import('mysql2'))
  const pool = mysql.createPool({
    uri: address.href,
    connectionLimit: 8,
    connectTimeout: 10_000,
    timezone: 'Z',
    // A date has no time of day.
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    maxPreparedStatements: 200,
  })
  /** Unlike MySQL, MariaDB returns inserted rows. */
  class MariadbAdapter extends MysqlAdapter {
    override get supportsReturning(): boolean {
      return true
    }
  }
  class MariadbDialect extends MysqlDialect {
    override createAdapter(): MariadbAdapter {
      return new MariadbAdapter()
    }
  }
  const db = new kysely.Kysely<AnyTables>({
    dialect: new MariadbDialect({
      pool: prepared(pool),
      // Strict: a value that does not fit its column is refused, not truncated.
      onCreateConnection: async (connection) => {
        for (const statement of [
          "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), time_zone = '+00:00'",
          'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
        ])
          await connection.executeQuery(CompiledQuery.raw(statement))
      },
    }),
  })
  const timesOf = columnsOfType(['datetime', 'timestamp'], (eb) => eb.fn('database'))
  return {
    db,
    system: 'mariadb',
    sql,
    name: `${address.host}${address.pathname}`,
    equals,
    isAtLeast: (column, mark) => (eb) => eb(column, '>=', mark),
    exactText: (column) => sql`convert(${sql.ref(column)} using utf8mb4) collate utf8mb4_nopad_bin`,
    fit: async (tx, table, row) => {
      refuseLists(table, row)
      if (!Object.values(row).some((value) => typeof value === 'string' && INSTANT.test(value))) return row
      const names = await timesOf(tx, table)
      return Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, names.has(name) ? withoutZone(value) : value]),
      )
    },
    close: () => db.destroy(),
  }
}
