import { loadDriver } from '../missing-driver.js'
import { type AnyTables, columnsOfType, refuseLists, type SqlDatabase } from './sql-database.js'

/** A time as PostgreSQL writes it in the time zone UTC. */
const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?(?:\+00)?$/

/** ISO 8601 in UTC, with all digits of the fraction. `infinity` and years before our era stay as they are. */
const isoTime = (text: string): string =>
  text.replace(
    TIME,
    (_all, date, time, fraction = '') =>
      `${date}T${time}${fraction.padEnd(4, fraction === '' ? '.000' : '0')}Z`,
  )

/** The types date, timestamp and timestamptz. The driver would read the first two in the time zone of the machine. */
const readers: Readonly<Record<number, (text: string) => string>> = {
  1082: (text) => text,
  1114: isoTime,
  1184: isoTime,
}

/** Connects to PostgreSQL when it is first used. */
export const openPostgres = async (
  { Kysely, PostgresDialect, sql }: typeof import('kysely'),
  address: URL,
): Promise<SqlDatabase> => {
  const { default: pg } = await loadDriver('SQL connectors', 'pg', '8', () => import('pg'))
  const pool = new pg.Pool({
    connectionString: address.href,
    max: 8,
    connectionTimeoutMillis: 10_000,
    options: '-c datestyle=ISO -c timezone=UTC',
    types: {
      getTypeParser: ((type: number, format?: 'text') =>
        readers[type] ?? pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
    },
  })
  // If an idle connection breaks, it is replaced; without a listener the error would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool }) })
  const arraysOf = columnsOfType(['ARRAY'], (eb) => eb.fn('any', [eb.fn('current_schemas', [eb.val(false)])]))
  return {
    db,
    system: 'postgres',
    sql,
    name: `${address.host}${address.pathname}`,
    equals: (column, value) => (eb) => eb(column, '=', value),
    isAtLeast: (column, mark) => (eb) => eb(column, '>=', mark),
    exactText: (column) => sql`cast(${sql.ref(column)} as text)`,
    fit: async (tx, table, row) => {
      const names = await arraysOf(tx, table)
      const fitted = Object.entries(row).map(([name, value]) => [
        name,
        names.has(name) && value !== null && !Array.isArray(value) ? [value] : value,
      ])
      refuseLists(table, Object.fromEntries(fitted.filter(([name]) => !names.has(String(name)))))
      return Object.fromEntries(fitted)
    },
    close: () => db.destroy(),
  }
}
