import type { Rows, TableName } from './tables.js'

/** A value of a key column. */
export type KeyPart = string | number

/** Which rows a scan gives. */
export interface ScanRange {
  /** The order: an index of the table. Default: its key. Texts are ordered by their code points. */
  readonly index?: string
  /** The first columns of that order must have these values. Default: all rows. */
  readonly prefix?: readonly KeyPart[]
  /** The column after the prefix must be at most this. */
  readonly upTo?: KeyPart
  /** Only rows after this place of the scan, as `ScanPage.next` gave it. */
  readonly after?: readonly KeyPart[]
  /** At most so many rows. Default 500. */
  readonly limit?: number
}

/** Some rows of a scan. */
export interface ScanPage<Row> {
  readonly rows: readonly Row[]
  /** Where the next page begins; undefined after the last row. It stays valid while rows come and go. */
  readonly next: readonly KeyPart[] | undefined
}

/**
 * What happens inside one transaction. Reads see its own writes. Nothing but its methods may be awaited while a
 * transaction is open: a store may run one at a time.
 */
export interface StateTransaction {
  /** The row with this key; undefined if there is none. */
  get<Name extends TableName>(table: Name, ...key: readonly KeyPart[]): Promise<Rows[Name] | undefined>
  /** Writes a row; it replaces one with the same key. */
  put<Name extends TableName>(table: Name, row: Rows[Name]): Promise<void>
  /** Removes the row with this key, if there is one. */
  remove(table: TableName, ...key: readonly KeyPart[]): Promise<void>
  /** Removes every row whose key begins so; all rows without a prefix. */
  clear(table: TableName, ...prefix: readonly KeyPart[]): Promise<void>
  scan<Name extends TableName>(table: Name, range?: ScanRange): Promise<ScanPage<Rows[Name]>>
  /** How many rows have a key that begins so. */
  count(table: TableName, ...prefix: readonly KeyPart[]): Promise<number>
}

/**
 * What a transaction waits for. `power`: what it wrote survives a loss of power. `process`: it survives the end of the
 * process, and a loss of power once a later transaction that waits for it is fulfilled; nothing is lost out of order.
 */
export type Durability = 'power' | 'process'

/**
 * What one job remembers. A store keeps no more in memory than it works on. It takes effect at a commit, wholly
 * or not at all; a commit survives the end of the process, and a loss of power where the medium can.
 */
export interface StateStore {
  /**
   * Runs `f` in a transaction: committed when its promise is fulfilled, rolled back and rejected when it is
   * rejected. Calls wait for each other as the store needs; `f` may run again after a conflict, so it must do
   * nothing but read and write rows.
   * Rejects with a {@link StateError} when the store itself fails; no answer of a server ends up here.
   * @param survives the least that it waits for. Default `power`
   */
  transaction<T>(f: (tx: StateTransaction) => Promise<T>, survives?: Durability): Promise<T>
  close(): Promise<void>
}

/** The store cannot be opened, read or written: what, where, and what to do. */
export class StateError extends Error {
  override readonly name = 'StateError'
}

/** All rows of a scan, page by page, each in a transaction of its own. Rows may be written meanwhile. */
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
