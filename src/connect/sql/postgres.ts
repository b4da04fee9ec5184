import { loadDriver } from '../missing-driver.js'
import { type AnyTables, ordinary, type SqlDatabase } from './sql-database.js'

/** Connects to PostgreSQL when it is first used. */
export const openPostgres = async (
  { Kysely, PostgresDialect }: typeof import('kysely'),
  address: URL,
): Promise<SqlDatabase> => {
  const { default: pg } = await loadDriver('SQL connectors', 'pg', '8', () => import('pg'))
  const pool = new pg.Pool({
    connectionString: address.href,
    max: 8,
    connectionTimeoutMillis: 10_000,
    options: '-c datestyle=ISO -c timezone=UTC',
  })
  // If an idle connection breaks, it is replaced; without a listener the error would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<AnyTables>({ dialect: new PostgresDialect({ pool }) })
  const name = `${address.host}${address.pathname}`
  return { ...ordinary, db, system: 'postgres', name, close: () => db.destroy() }
}
