import type { Pool, PoolClient } from 'pg'
import { pageOf, SqlStatements, type Statement } from './sql.js'
import {
  type KeyPart,
  type ScanPage,
  type ScanRange,
  StateError,
  type StateStore,
  type StateTransaction,
} from './store.js'
import { LAYOUT_VERSION, type Rows, type TableName } from './tables.js'

/** How to open a state in PostgreSQL. */
export interface PostgresOptions {
  /** How many connections to open; each transaction takes one. Default 8. */
  readonly connections?: number
}

/** A connection for one caller only. */
export interface PostgresSession {
  query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>
  close(): Promise<void>
}

/** The location of a state in PostgreSQL. */
interface StateAddress {
  /** The address without attrflow's own parameters. */
  readonly url: string
  /** The PostgreSQL schema that contains the tables. */
  readonly schema: string
  /** For messages: without user and password. */
  readonly shown: string
}

const addressOf = (address: string): StateAddress => {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw new StateError(
      'the address of a state in PostgreSQL has the form postgres://user@host:5432/database',
    )
  }
  const schema = url.searchParams.get('schema') ?? 'attrflow'
  url.searchParams.delete('schema')
  if (!/^[a-z_][a-z0-9_]{0,49}$/.test(schema))
    throw new StateError(
      `the schema of a state in PostgreSQL must have up to 50 lower-case letters, digits and _, not ${JSON.stringify(schema)}`,
    )
  return { url: url.href, schema, shown: `postgres://${url.host}${url.pathname}?schema=${schema}` }
}

const loadDriver = async (): Promise<typeof import('pg').default> => {
  try {
    return (await import('pg')).default
  } catch {
    throw new StateError('a state in PostgreSQL needs the package pg: npm install pg@8')
  }
}

/** PostgreSQL's codes for conflicts of transactions: serialisation failure, deadlock. */
const conflicts: ReadonlySet<unknown> = new Set(['40001', '40P01'])
/** How often a transaction is run again after a conflict. */
const ATTEMPTS = 50

const statementsIn = (schema: string): SqlStatements =>
  new SqlStatements({
    table: (name) => `"${schema}"."${name}"`,
    types: { text: 'TEXT COLLATE "C"', integer: 'BIGINT', row: 'TEXT' },
    options: '',
  })

/** Statements in PostgreSQL's form, and the names of their prepared forms in each connection. */
const prepared = new Map<string, { readonly name: string; readonly text: string }>()

const preparedOf = (sql: string): { readonly name: string; readonly text: string } => {
  let found = prepared.get(sql)
  if (found === undefined) {
    let place = 0
    found = { name: `attrflow_${prepared.size}`, text: sql.replace(/\?/g, () => `$${++place}`) }
    prepared.set(sql, found)
  }
  return found
}

/**
 * A transaction of a state in PostgreSQL. Use `query` for further statements that must be committed with it.
 */
export class PostgresTransaction implements StateTransaction {
  readonly #client: PoolClient
  readonly #statements: SqlStatements

  constructor(client: PoolClient, statements: SqlStatements) {
    this.#client = client
    this.#statements = statements
  }

  /** Runs any statement in this transaction; `$1` stands for the first value. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
    return (await this.#client.query(text, [...values])).rows
  }

  async get<Name extends TableName>(name: Name, ...key: readonly KeyPart[]): Promise<Rows[Name] | undefined> {
    const [found] = await this.#run<{ row: string }>(this.#statements.get(name, key))
    return found === undefined ? undefined : (JSON.parse(found.row) as Rows[Name])
  }

  async put<Name extends TableName>(name: Name, row: Rows[Name]): Promise<void> {
    await this.#run(this.#statements.put(name, row))
  }

  async remove(name: TableName, ...key: readonly KeyPart[]): Promise<void> {
    await this.#run(this.#statements.clear(name, key))
  }

  async clear(name: TableName, ...prefix: readonly KeyPart[]): Promise<void> {
    await this.#run(this.#statements.clear(name, prefix))
  }

  async scan<Name extends TableName>(name: Name, range: ScanRange = {}): Promise<ScanPage<Rows[Name]>> {
    return pageOf(name, range, await this.#run(this.#statements.scan(name, range)))
  }

  async count(name: TableName, ...prefix: readonly KeyPart[]): Promise<number> {
    const [found] = await this.#run<{ n: string }>(this.#statements.count(name, prefix))
    return Number(found?.n)
  }

  async #run<Found>({ sql, values }: Statement): Promise<Found[]> {
    return (await this.#client.query({ ...preparedOf(sql), values: [...values] })).rows as Found[]
  }
}

/**
 * A state in a schema of a PostgreSQL database, for processes on many machines. Transactions are
 * serialisable: each takes effect as if it ran alone, and is run again after a conflict.
 */
export class PostgresStore implements StateStore {
  readonly #pool: Pool
  readonly #place: StateAddress
  readonly #statements: SqlStatements

  private constructor(pool: Pool, place: StateAddress) {
    this.#pool = pool
    this.#place = place
    this.#statements = statementsIn(place.schema)
  }

  /**
   * Opens a state and creates its tables if they do not exist.
   * @param address `postgres://user:password@host:5432/database?schema=NAME`; the schema is `attrflow` if it names
   *   none, and each job needs one of its own
   * Rejects with a {@link StateError}: no driver, no connection, a newer layout, no right to write.
   */
  static async open(address: string, { connections = 8 }: PostgresOptions = {}): Promise<PostgresStore> {
    const place = addressOf(address)
    const pg = await loadDriver()
    const pool = new pg.Pool({
      connectionString: place.url,
      max: connections,
      connectionTimeoutMillis: 10_000,
      application_name: 'attrflow',
    })
    // If an idle connection breaks, the pool replaces it.
    pool.on('error', () => undefined)
    // In serialisable transactions, reading a table sequentially locks all of it; by an index only the rows
    // read are locked.
    pool.on('connect', (client) => void client.query('SET enable_seqscan = off').catch(() => undefined))
    try {
      await migrate(pool, place)
      return new PostgresStore(pool, place)
    } catch (error) {
      await pool.end()
      if (error instanceof StateError) throw error
      throw new StateError(`cannot open the state ${place.shown}: ${messageOf(error)}`)
    }
  }

  /** The schema of the database that contains the tables. */
  get schema(): string {
    return this.#place.schema
  }

  async transaction<T>(f: (tx: StateTransaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(f)
      } catch (error) {
        if (!isDatabaseError(error)) throw error
        if (!conflicts.has(error.code) || attempt === ATTEMPTS)
          throw new StateError(`the state ${this.#place.shown} cannot be used: ${messageOf(error)}`)
        await new Promise((done) => setTimeout(done, Math.random() * Math.min(200, 2 ** attempt)))
      }
    }
  }

  /** The address of the database. It may contain a password. */
  get url(): string {
    return this.#place.url
  }

  /** A separate connection, for locks that last until it is closed or breaks. */
  async session(): Promise<PostgresSession> {
    const pg = await loadDriver()
    const client = new pg.Client({ connectionString: this.#place.url, application_name: 'attrflow locks' })
    client.on('error', () => undefined)
    const failed = (error: unknown): never => {
      throw new StateError(`the state ${this.#place.shown} cannot be used: ${messageOf(error)}`)
    }
    await client.connect().catch(failed)
    let last: Promise<unknown> = Promise.resolve()
    return {
      query: (text, values = []) => {
        const asked = last.then(() => client.query(text, [...values]))
        last = asked.catch(() => undefined)
        return asked.then(({ rows }) => rows, failed)
      },
      close: () => client.end(),
    }
  }

  /**
   * Runs one statement in a transaction of its own, outside those of the state; `$1` stands for the first
   * value.
   */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
    try {
      return (await this.#pool.query(text, [...values])).rows
    } catch (error) {
      throw new StateError(`the state ${this.#place.shown} cannot be used: ${messageOf(error)}`)
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  async #attempt<T>(f: (tx: StateTransaction) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    let broken = false
    try {
      await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE')
      const result = await f(new PostgresTransaction(client, this.#statements))
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.release(broken)
    }
  }
}

/**
 * An error of the driver: from the server with its five-character code, from the network with the system's
 * code.
 */
const isDatabaseError = (error: unknown): error is Error & { readonly code?: string } =>
  error instanceof Error &&
  (('code' in error && typeof error.code === 'string') ||
    /^(Connection terminated|timeout exceeded)/.test(error.message))

const messageOf = (error: unknown): string => {
  // A host with several addresses fails once for each.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error]
  return first instanceof Error ? first.message : String(first)
}

/** Creates the tables, or migrates an older layout. One process does so, and others wait. */
const migrate = async (pool: Pool, { schema, shown }: StateAddress): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT pg_advisory_xact_lock(hashtext($1))`, [`attrflow ${schema}`])
    await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`)
    await client.query(`CREATE TABLE IF NOT EXISTS "${schema}".layout (version INTEGER NOT NULL)`)
    const { rows } = await client.query<{ version: number }>(`SELECT version FROM "${schema}".layout`)
    const found = rows[0]?.version ?? 0
    if (found > LAYOUT_VERSION)
      throw new StateError(
        `the state ${shown} has layout ${found}, and this attrflow knows layouts up to ${LAYOUT_VERSION}: use a newer attrflow`,
      )
    if (found < LAYOUT_VERSION) {
      await statementsIn(schema).bringUpToDate(found, async ({ sql, values }) => {
        const { text } = preparedOf(sql)
        return (await client.query<{ row: string }>(text, [...values])).rows
      })
      await client.query(`DELETE FROM "${schema}".layout`)
      await client.query(`INSERT INTO "${schema}".layout VALUES ($1)`, [LAYOUT_VERSION])
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
