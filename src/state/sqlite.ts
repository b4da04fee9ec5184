import { createRequire } from 'node:module'
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

/** The part of the node:sqlite API in use. */
interface Prepared {
  run(...values: readonly KeyPart[]): unknown
  get(...values: readonly KeyPart[]): unknown
  all(...values: readonly KeyPart[]): unknown[]
}
interface Database {
  exec(sql: string): void
  prepare(sql: string): Prepared
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

const statements = new SqlStatements({
  table: (name) => name,
  types: { text: 'TEXT', integer: 'INTEGER', row: 'TEXT' },
  options: ' WITHOUT ROWID, STRICT',
})

type Found = { readonly row: string }

/** A transaction that has not begun. */
interface Waiting {
  readonly f: (tx: StateTransaction) => Promise<unknown>
  readonly fulfil: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** At most so many transactions are committed at once. */
const LARGEST_GROUP = 100

class SqliteTransaction implements StateTransaction {
  readonly #prepare: (sql: string) => Prepared

  constructor(prepare: (sql: string) => Prepared) {
    this.#prepare = prepare
  }

  async get<Name extends TableName>(name: Name, ...key: readonly KeyPart[]): Promise<Rows[Name] | undefined> {
    const [found] = this.#all(statements.get(name, key)) as Found[]
    return found === undefined ? undefined : (JSON.parse(found.row) as Rows[Name])
  }

  async put<Name extends TableName>(name: Name, row: Rows[Name]): Promise<void> {
    this.#run(statements.put(name, row))
  }

  async remove(name: TableName, ...key: readonly KeyPart[]): Promise<void> {
    this.#run(statements.clear(name, key))
  }

  async clear(name: TableName, ...prefix: readonly KeyPart[]): Promise<void> {
    this.#run(statements.clear(name, prefix))
  }

  async scan<Name extends TableName>(name: Name, range: ScanRange = {}): Promise<ScanPage<Rows[Name]>> {
    return pageOf(name, range, this.#all(statements.scan(name, range)) as Found[])
  }

  async count(name: TableName, ...prefix: readonly KeyPart[]): Promise<number> {
    const [found] = this.#all(statements.count(name, prefix)) as { n: number | bigint }[]
    return Number(found!.n)
  }

  #all({ sql, values }: Statement): unknown[] {
    return this.#prepare(sql).all(...values)
  }

  #run({ sql, values }: Statement): void {
    this.#prepare(sql).run(...values)
  }
}

/** A state in a SQLite file: written ahead, and synchronised with the medium at each commit. */
export class SqliteStore implements StateStore {
  readonly #database: Database
  readonly #path: string
  readonly #statements = new Map<string, Prepared>()
  readonly #waiting: Waiting[] = []
  #running: Promise<void> | undefined

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
      await migrate(database, path)
      return new SqliteStore(database, path)
    } catch (error) {
      if (error instanceof StateError) throw error
      throw new StateError(`cannot open the state ${path}: ${(error as Error).message}`)
    }
  }

  /**
   * Transactions that wait when one ends are carried out together and committed at once, each undone by itself if it is
   * rejected: a commit waits for the medium, and would be the price of every single one.
   */
  transaction<T>(f: (tx: StateTransaction) => Promise<T>): Promise<T> {
    const result = new Promise<T>((fulfil, reject) => {
      this.#waiting.push({ f, fulfil: fulfil as (value: unknown) => void, reject })
    })
    this.#running ??= this.#run()
    return result
  }

  /** Carries out what waits until nothing does. */
  async #run(): Promise<void> {
    // What is asked for in the same turn joins the first group.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, LARGEST_GROUP)
      const settle: (() => void)[] = []
      try {
        this.#execute('BEGIN IMMEDIATE')
        for (const one of group) settle.push(await this.#member(one))
        this.#execute('COMMIT')
        for (const settled of settle) settled()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#running = undefined
  }

  /** Carries out one transaction of a group. Returns what settles it once the group is committed. */
  async #member({ f, fulfil, reject }: Waiting): Promise<() => void> {
    this.#execute('SAVEPOINT one')
    try {
      const value = await f(new SqliteTransaction((sql) => this.#prepared(sql)))
      this.#execute('RELEASE one')
      return () => fulfil(value)
    } catch (error) {
      this.#execute('ROLLBACK TO one')
      this.#execute('RELEASE one')
      return () => reject(error)
    }
  }

  async close(): Promise<void> {
    await this.#running
    this.#statements.clear()
    this.#database.close()
  }

  #prepared(sql: string): Prepared {
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

const migrate = async (database: Database, path: string): Promise<void> => {
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
  await statements.bringUpToDate(
    found,
    async ({ sql, values }) => database.prepare(sql).all(...values) as Found[],
  )
  database.exec(`PRAGMA user_version = ${LAYOUT_VERSION}`)
  database.exec('COMMIT')
}
