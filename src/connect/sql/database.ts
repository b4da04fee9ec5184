import { loadDriver } from '../missing-driver.js'
import { openMariadb } from './mariadb.js'
import { openPostgres } from './postgres.js'
import type { SqlDatabase } from './sql-database.js'
import { openSqlite } from './sqlite.js'

/**
 * Connects to a database when it is first used.
 * @param address `postgres://user@host/database`, `mariadb://user@host/database`, or `sqlite:PATH`
 * @throws {MissingDriver} if a package is not installed
 * @throws {RangeError} for another address
 */
export const openDatabase = async (address: string): Promise<SqlDatabase> => {
  const kysely = await loadDriver('SQL connectors', 'kysely', '0.28', () => import('kysely'))
  if (address.startsWith('sqlite:')) return openSqlite(kysely, address.slice('sqlite:'.length))
  if (!/^(postgres(ql)?|mariadb):\/\//i.test(address) || !URL.canParse(address))
    throw new RangeError(
      'the address of a database has the form postgres://user@host/database, mariadb://user@host/database or sqlite:PATH',
    )
  const url = new URL(address)
  return url.protocol === 'mariadb:' ? openMariadb(kysely, url) : openPostgres(kysely, url)
}
