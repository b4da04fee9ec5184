import { createRequire } from 'node:module'
import { orderOf, PAGE, partsOf, withKey } from './keys.js'
import {
  type KeyPart,
  type ScanPage,
  type ScanRange,
  StateError,
  type StateStore,
  type StateTransaction,
} from './store.js'
import { type Column, LAYOUT_VERSION, type Rows, type Table, type TableName, tables } from './tables.js'

/** The part of the node:sqlite API in use. */
interface Statement {
  run(...values: readonly KeyPart[]): unknown
  get(...values: readonly KeyPart[]): unknown
  all(...values: readonly KeyPart[]): unknown[]
}
interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}
interface Driver {
  readonly DatabaseSync: new (path: string) => Database
}

/** node:sqlite where the Node has it, else the package with the same interface. */
const loadDriver = async (): Promise<Driver> => {
  const require = createRequire(import.meta.url)
  try {
    return require('node:sqlite') as Driver
  } catch {
    // This Node has none.
  }
  try {
    return (await import('@photostructure/sqlite')) as unknown as Driver
  } catch {
    throw new StateError(
      'A state in SQLite needs Node 22.13 or later, or the package @photostructure/sqlite: npm install @photostructure/sqlite@1',
    )
  }
}

const names = (columns: readonly Column[]): string => columns.map(({ name }) => `"${name}"`).join(', ')

/** All columns of a table: those of its key and of its indexes. */
const columnsOf = (table: Table): readonly Column[] => [
  ...new Map(
    [table.key, ...Object.values(table.indexes)].flat().map((column) => [column.name, column]),
  ).values(),
]

const layout = (table: Table): string =>
  [
    `CREATE TABLE ${table.name} (${columnsOf(table)
      .map(({ name, type }) => `"${name}" ${type === 'text' ? 'TEXT' : 'INTEGER'} NOT NULL`)
      .join(', ')}, row TEXT NOT NULL, PRIMARY KEY (${names(table.key)})) WITHOUT ROWID, STRICT;`,
    ...Object.entries(table.indexes).map(
      ([name, columns]) =>
        `CREATE INDEX ${table.name}_${name} ON ${table.name} (${names(withKey(table, columns))});`,
    ),
  ].join('\n')

/** What turns the layout of one version into the next one; the first entry makes version 1 out of nothing. */
const migrations: readonly string[] = [Object.values(tables).map(layout).join('\n')]

class SqliteTransaction implements StateTransaction {
  readonly #prepare: (sql: string) => Statement

  constructor(prepare: (sql: string) => Statement) {
    this.#prepare = prepare
  }

  #where(columns: readonly Column[], count: number): string {
    return count === 0
      ? ''
      : ` WHERE ${columns
          .slice(0, count)
          .map(({ name }) => `"${name}" = ?`)
          .join(' AND ')}`
  }

  async get<Name extends TableName>(name: Name, ...key: readonly KeyPart[]): Promise<Rows[Name] | undefined> {
    const sql = `SELECT row FROM ${name}${this.#where(tables[name].key, key.length)}`
    const found = this.#prepare(sql).get(...key) as { row: string } | undefined
    return found === undefined ? undefined : (JSON.parse(found.row) as Rows[Name])
  }

  async put<Name extends TableName>(name: Name, row: Rows[Name]): Promise<void> {
    const columns = columnsOf(tables[name])
    const places = columns.map(() => '?').join(', ')
    this.#prepare(`INSERT OR REPLACE INTO ${name} (${names(columns)}, row) VALUES (${places}, ?)`).run(
      ...partsOf(columns, row),
      JSON.stringify(row),
    )
  }

  async remove(name: TableName, ...key: readonly KeyPart[]): Promise<void> {
    this.#prepare(`DELETE FROM ${name}${this.#where(tables[name].key, tables[name].key.length)}`).run(...key)
  }

  async clear(name: TableName, ...prefix: readonly KeyPart[]): Promise<void> {
    this.#prepare(`DELETE FROM ${name}${this.#where(tables[name].key, prefix.length)}`).run(...prefix)
  }

  async scan<Name extends TableName>(name: Name, range: ScanRange = {}): Promise<ScanPage<Rows[Name]>> {
    const { prefix = [], after, upTo, limit = PAGE } = range
    const order = orderOf(tables[name], range)
    const conditions = order.slice(0, prefix.length).map((column) => `"${column.name}" = ?`)
    const values = [...prefix]
    const rest = order.slice(prefix.length)
    if (upTo !== undefined) {
      conditions.push(`"${rest[0]!.name}" <= ?`)
      values.push(upTo)
    }
    if (after !== undefined && rest.length > 0) {
      conditions.push(`(${names(rest)}) > (${rest.map(() => '?').join(', ')})`)
      values.push(...after.slice(prefix.length))
    }
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
    const found = this.#prepare(`SELECT row FROM ${name}${where} ORDER BY ${names(order)} LIMIT ?`).all(
      ...values,
      limit + 1,
    ) as { row: string }[]
    const rows = found.slice(0, limit).map(({ row }) => JSON.parse(row) as Rows[Name])
    return { rows, next: found.length > limit ? partsOf(order, rows.at(-1)!) : undefined }
  }

  async count(name: TableName, ...prefix: readonly KeyPart[]): Promise<number> {
    const sql = `SELECT count(*) AS n FROM ${name}${this.#where(tables[name].key, prefix.length)}`
    return Number((this.#prepare(sql).get(...prefix) as { n: number | bigint }).n)
  }
}

/** A state in a SQLite file: written ahead, and synchronised with the medium at each commit. */
export class SqliteStore implements StateStore {
  readonly #database: Database
  readonly #path: string
  readonly #statements = new Map<string, Statement>()
  #last: Promise<unknown> = Promise.resolve()

  private constructor(database: Database, path: string) {
    this.#database = database
    this.#path = path
  }

  /**
   * Opens a file, and makes it when it is not there. An older layout is migrated.
   * Rejects with a {@link StateError}: no driver, no SQLite file, a newer layout, no right to write.
   */
  static async open(path: string): Promise<SqliteStore> {
    const { DatabaseSync } = await loadDriver()
    try {
      const database = new DatabaseSync(path)
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;')
      migrate(database, path)
      return new SqliteStore(database, path)
    } catch (error) {
      if (error instanceof StateError) throw error
      throw new StateError(`cannot open the state ${path}: ${(error as Error).message}`)
    }
  }

  transaction<T>(f: (tx: StateTransaction) => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      this.#execute('BEGIN IMMEDIATE')
      let result: T
      try {
        result = await f(new SqliteTransaction((sql) => this.#prepared(sql)))
      } catch (error) {
        this.#execute('ROLLBACK')
        throw error
      }
      this.#execute('COMMIT')
      return result
    }
    const result = this.#last.then(run, run)
    this.#last = result.catch(() => undefined)
    return result
  }

  async close(): Promise<void> {
    await this.#last
    this.#statements.clear()
    this.#database.close()
  }

  #prepared(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  #execute(sql: string): void {
    try {
      this.#prepared(sql).run()
    } catch (error) {
      throw new StateError(`the state ${this.#path} cannot be written: ${(error as Error).message}`)
    }
  }
}

const migrate = (database: Database, path: string): void => {
  database.exec('BEGIN IMMEDIATE')
  const found = Number(
    (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version,
  )
  if (found > LAYOUT_VERSION) {
    database.exec('ROLLBACK')
    throw new StateError(
      `the state ${path} has layout ${found}, and this attrflow knows layouts up to ${LAYOUT_VERSION}: use a newer attrflow`,
    )
  }
  for (const step of migrations.slice(found)) database.exec(step)
  database.exec(`PRAGMA user_version = ${LAYOUT_VERSION}`)
  database.exec('COMMIT')
}
