import { Buffer } from 'node:buffer'
import { open } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Flusher } from './flush.js'
import { pageOf, SqlStatements, type Statement } from './sql.js'
import {
  type Durability,
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

/** node:sqlite if Node has it, else the package with the same interface. */
const loadDriver = async (): Promise<Driver> => {
  const require = createRequire(import.meta.url)
  try {
    return require('node:sqlite') as Driver
  } catch {
    // This version of Node has no node:sqlite.
  }
  try {
    return await import('@photostructure/sqlite')
  } catch {
    throw new StateError(
      'A state in SQLite needs Node 22.13 or later, or the package @photostructure/sqlite: npm install @photostructure/sqlite@1',
    )
  }
}

/** What a file of SQLite begins with. */
const SIGNATURE = 'SQLite format 3\0'

/** Whether a file is a database, empty or absent. SQLite takes a short file of anything for an empty one, and overwrites it. */
const mayBeDatabase = async (path: string): Promise<boolean> => {
  if (path === ':memory:') return true
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return true
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(SIGNATURE.length), 0, SIGNATURE.length, 0)
    return bytesRead === 0 || buffer.toString('latin1') === SIGNATURE
  } catch {
    // A folder is refused when it is opened as a database.
    return true
  } finally {
    await file.close()
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
  readonly survives: Durability
  readonly fulfil: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** A transaction that was carried out. */
interface Settled {
  /** Whether it waits until its writes are on the disk. */
  readonly waits: boolean
  /** Resolves or rejects it, once it is committed. */
  readonly settle: () => void
  readonly reject: (error: unknown) => void
}

/** What errors call a temporary state, in place of its path. */
const TEMPORARY = 'in a temporary file'

/** The most transactions that are committed together. */
const LARGEST_GROUP = 100

class SqliteTransaction implements StateTransaction {
  /** Whether it wrote anything. */
  writes = false
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
    return Number(found?.n)
  }

  #all({ sql, values }: Statement): unknown[] {
    return this.#prepare(sql).all(...values)
  }

  #run({ sql, values }: Statement): void {
    this.writes = true
    this.#prepare(sql).run(...values)
  }
}

/**
 * A state in a SQLite file with a write-ahead log. SQLite itself would wait for the disk in each commit, and
 * block the whole process. So the store flushes the log to the disk while the next transactions run. A
 * transaction that wrote resolves only after that. Because the log is in the order of the commits, the
 * guarantee is the same as with `synchronous = FULL`.
 */
export class SqliteStore implements StateStore {
  readonly #database: Database
  readonly #path: string
  /** Undefined for a temporary state, which nothing has to survive. */
  readonly #log: Flusher | undefined
  readonly #statements = new Map<string, Prepared>()
  readonly #waiting: Waiting[] = []
  #running: Promise<void> | undefined
  /** Why writing to the disk failed: its contents are no longer known. */
  #failed: StateError | undefined

  private constructor(database: Database, path: string, log?: Flusher) {
    this.#database = database
    this.#path = path
    this.#log = log
  }

  /**
   * Opens a file, or creates it if it does not exist. An older layout is migrated. Rejects with a {@link
   * StateError}: no driver, no SQLite file, a newer layout, no right to write.
   */
  static async open(path: string): Promise<SqliteStore> {
    const { DatabaseSync } = await loadDriver()
    if (!(await mayBeDatabase(path))) throw new StateError(`${path} is not a database of SQLite`)
    let database: Database | undefined
    let log: Flusher | undefined
    try {
      database = new DatabaseSync(path)
      // The log may grow to 16 MiB before it is merged into the file, for which the process waits.
      database.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000; PRAGMA wal_autocheckpoint = 4000;',
      )
      await migrate(database, path)
      log = await Flusher.open(`${path}-wal`)
      await log.flush()
      return new SqliteStore(database, path, log)
    } catch (error) {
      await log?.close()
      database?.close()
      if (error instanceof StateError) throw error
      throw new StateError(`cannot open the state ${path}: ${(error as Error).message}`)
    }
  }

  /**
   * A state that grows on the disk and not in memory. It is gone when it is closed or the process ends, however
   * it ends: SQLite removes the name of its file at once. Rejects with a {@link StateError} if there is no driver.
   */
  static async temporary(): Promise<SqliteStore> {
    const { DatabaseSync } = await loadDriver()
    const database = new DatabaseSync('')
    await migrate(database, TEMPORARY)
    return new SqliteStore(database, TEMPORARY)
  }

  /**
   * Transactions that wait when one ends run together and are committed at once. If one is rejected, only its
   * own changes are undone.
   */
  transaction<T>(f: (tx: StateTransaction) => Promise<T>, survives: Durability = 'power'): Promise<T> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed)
    const result = new Promise<T>((fulfil, reject) => {
      this.#waiting.push({ f, survives, fulfil: fulfil as (value: unknown) => void, reject })
    })
    this.#running ??= this.#run()
    return result
  }

  /** Runs waiting transactions until there are none. */
  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // A commit costs more than the statements before it, so all transactions of one turn of the event loop
      // share one.
      await nextTurn()
      const group = this.#waiting.splice(0, LARGEST_GROUP)
      const written: Settled[] = []
      try {
        const ended: Settled[] = []
        this.#execute('BEGIN IMMEDIATE')
        for (const one of group) ended.push(await this.#member(one))
        this.#execute('COMMIT')
        for (const one of ended) one.waits ? written.push(one) : one.settle()
      } catch (error) {
        for (const { reject } of group) reject(error)
        continue
      }
      if (written.length > 0) void this.#settleOnMedium(written)
    }
    this.#running = undefined
  }

  /** Settles transactions when their writes are on the disk. */
  async #settleOnMedium(written: readonly Settled[]): Promise<void> {
    try {
      await this.#log?.flush()
      for (const { settle } of written) settle()
    } catch (error) {
      this.#failed ??= this.#writeError(error)
      for (const { reject } of written) reject(this.#failed)
    }
  }

  /** Runs one transaction of a group. */
  async #member({ f, survives, fulfil, reject }: Waiting): Promise<Settled> {
    const tx = new SqliteTransaction((sql) => this.#prepared(sql))
    this.#execute('SAVEPOINT one')
    try {
      const value = await f(tx)
      this.#execute('RELEASE one')
      return { waits: tx.writes && survives === 'power', settle: () => fulfil(value), reject }
    } catch (error) {
      this.#execute('ROLLBACK TO one')
      this.#execute('RELEASE one')
      return { waits: false, settle: () => reject(error), reject }
    }
  }

  async close(): Promise<void> {
    await this.#running
    await this.#log?.close()
    this.#statements.clear()
    try {
      // A driver may keep the connection until its statements are collected. The file alone is complete then, too.
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // The log keeps what could not be merged.
    }
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
      throw this.#writeError(error)
    }
  }

  #writeError(error: unknown): StateError {
    return new StateError(`the state ${this.#path} cannot be written: ${(error as Error).message}`)
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
