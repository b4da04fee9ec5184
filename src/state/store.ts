import type { Rows, TableName } from './tables.js'

/** A value of a key column. */
export type KeyPart = string | number

/** Which rows a scan returns. */
export interface ScanRange {
  /** The order: an index of the table. Default: its key. Texts are ordered by code points. */
  readonly index?: string
  /** The first columns of that order must have these values. Default: all rows. */
  readonly prefix?: readonly KeyPart[]
  /** The column after the prefix must be at most this. */
  readonly upTo?: KeyPart
  /** Only rows after this position of the scan, from `ScanPage.next`. */
  readonly after?: readonly KeyPart[]
  /** The most rows to return. Default 500. */
  readonly limit?: number
}

/** A page of rows from a scan. */
export interface ScanPage<Row> {
  readonly rows: readonly Row[]
  /**
   * Where the next page begins; undefined after the last row. It stays valid while rows are added and
   * removed.
   */
  readonly next: readonly KeyPart[] | undefined
}

/**
 * The operations in one transaction. Reads see its own writes. Only these methods may be awaited while a
 * transaction is open, because a store may run one at a time.
 */
export interface StateTransaction {
  /** The row with this key; undefined if there is none. */
  get<Name extends TableName>(table: Name, ...key: readonly KeyPart[]): Promise<Rows[Name] | undefined>
  /** Writes a row, replacing one with the same key. */
  put<Name extends TableName>(table: Name, row: Rows[Name]): Promise<void>
  /** Removes the row with this key, if there is one. */
  remove(table: TableName, ...key: readonly KeyPart[]): Promise<void>
  /** Removes every row whose key has this prefix; without a prefix, all rows. */
  clear(table: TableName, ...prefix: readonly KeyPart[]): Promise<void>
  scan<Name extends TableName>(table: Name, range?: ScanRange): Promise<ScanPage<Rows[Name]>>
  /** How many rows have a key with this prefix. */
  count(table: TableName, ...prefix: readonly KeyPart[]): Promise<number>
}

/**
 * What a transaction waits for. `power`: its writes survive a loss of power. `process`: they survive the end
 * of the process; they survive a loss of power once a later `power` transaction has resolved. Nothing is lost
 * out of order.
 */
export type Durability = 'power' | 'process'

/**
 * What one job remembers. A store keeps in memory only what it works on. A commit takes effect completely or
 * not at all. It survives the end of the process, and a loss of power if the disk supports that.
 */
export interface StateStore {
  /**
   * Runs `f` in a transaction. It is committed when the promise of `f` resolves, and rolled back when it
   * rejects. Calls may wait for each other. After a conflict `f` runs again, so it must only read and write
   * rows. Rejects with a {@link StateError} if the store itself fails, never because of a server's answer.
   * @param survives the least durability to wait for. Default `power`
   */
  transaction<T>(f: (tx: StateTransaction) => Promise<T>, survives?: Durability): Promise<T>
  close(): Promise<void>
}

/** The store cannot be opened, read or written: what, where, and what to do. */
export class StateError extends Error {
  override readonly name = 'StateError'
}

/**
 * All rows of a scan, page by page, each page in a transaction of its own. Rows may be written in the
 * meantime.
 */
export const scanAll = async function* <Name extends TableName>(
  store: StateStore,
  table: Name,
  range: Omit<ScanRange, 'after'> = {},
): AsyncGenerator<readonly Rows[Name][]> {
  let after: readonly KeyPart[] | undefined
  do {
    const at = after
    const page = await store.transaction((tx) =>
      tx.scan(table, at === undefined ? range : { ...range, after: at }),
    )
    if (page.rows.length > 0) yield page.rows
    after = page.next
  } while (after !== undefined)
}
