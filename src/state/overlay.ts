import { compareKeys, orderOf, PAGE, partsOf } from './keys.js'
import type { KeyPart, ScanPage, ScanRange, StateStore, StateTransaction } from './store.js'
import { type Column, type Rows, type TableName, tables } from './tables.js'

/** Marks a row of the layer as the removal of a row of the base. */
const REMOVED = '@removed'

const isRemoved = (row: object): boolean => Object.hasOwn(row, REMOVED)

/** The base started its transaction again after a conflict. */
const AGAIN = Symbol('again')

/**
 * A state that is only read, with changes that are stored elsewhere, to try what a cycle would do. It needs
 * no more memory than its layer, however large the base is.
 */
export class OverlayStore implements StateStore {
  readonly #base: StateStore
  readonly #layer: StateStore

  /**
   * @param base the state, which is never written
   * @param layer an empty store that takes every change
   */
  constructor(base: StateStore, layer: StateStore) {
    this.#base = base
    this.#layer = layer
  }

  async transaction<T>(f: (tx: StateTransaction) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#layer.transaction((layer) => {
          let begun = false
          return this.#base.transaction((base) => {
            // Undoes what the first attempt wrote to the layer.
            if (begun) throw AGAIN
            begun = true
            return f(new OverlayTransaction(base, layer))
          }, 'process')
        }, 'process')
      } catch (error) {
        if (error !== AGAIN) throw error
      }
    }
  }

  /** Closes nothing: the caller closes base and layer. */
  async close(): Promise<void> {}
}

class OverlayTransaction implements StateTransaction {
  readonly #base: StateTransaction
  readonly #layer: StateTransaction

  constructor(base: StateTransaction, layer: StateTransaction) {
    this.#base = base
    this.#layer = layer
  }

  async get<Name extends TableName>(
    table: Name,
    ...key: readonly KeyPart[]
  ): Promise<Rows[Name] | undefined> {
    const found = await this.#layer.get(table, ...key)
    if (found === undefined) return this.#base.get(table, ...key)
    return isRemoved(found) ? undefined : found
  }

  put<Name extends TableName>(table: Name, row: Rows[Name]): Promise<void> {
    return this.#layer.put(table, row)
  }

  async remove(table: TableName, ...key: readonly KeyPart[]): Promise<void> {
    const below = await this.#base.get(table, ...key)
    if (below === undefined) return this.#layer.remove(table, ...key)
    await this.#layer.put(table, { ...below, [REMOVED]: true } as never)
  }

  async clear(table: TableName, ...prefix: readonly KeyPart[]): Promise<void> {
    await this.#layer.clear(table, ...prefix)
    for await (const row of rowsOf(this.#base, table, { prefix }))
      await this.#layer.put(table, { ...row, [REMOVED]: true } as never)
  }

  async scan<Name extends TableName>(table: Name, range: ScanRange = {}): Promise<ScanPage<Rows[Name]>> {
    const { limit = PAGE } = range
    const rows: Rows[Name][] = []
    for await (const row of this.#merged(table, range)) {
      const last = rows.at(-1)
      if (last !== undefined && rows.length === limit)
        return { rows, next: partsOf(orderOf(tables[table], range), last) }
      rows.push(row)
    }
    return { rows, next: undefined }
  }

  async count(table: TableName, ...prefix: readonly KeyPart[]): Promise<number> {
    let count = await this.#base.count(table, ...prefix)
    for await (const row of rowsOf(this.#layer, table, { prefix })) {
      const below = await this.#base.get(table, ...partsOf(tables[table].key, row))
      if (below !== undefined) count--
      if (!isRemoved(row)) count++
    }
    return count
  }

  /** The rows of both, in order. A row of the layer replaces the row of the base with the same key. */
  async *#merged<Name extends TableName>(table: Name, range: ScanRange): AsyncGenerator<Rows[Name]> {
    const order = orderOf(tables[table], range)
    const above = rowsOf(this.#layer, table, range)
    const below = rowsOf(this.#base, table, range)
    let [upper, lower] = [await above.next(), await below.next()]
    while (upper.value !== undefined || lower.value !== undefined) {
      if (
        upper.value !== undefined &&
        (lower.value === undefined || isBefore(order, upper.value, lower.value))
      ) {
        if (!isRemoved(upper.value)) yield upper.value
        upper = await above.next()
      } else if (lower.value !== undefined) {
        const key = partsOf(tables[table].key, lower.value)
        if ((await this.#layer.get(table, ...key)) === undefined) yield lower.value
        lower = await below.next()
      }
    }
  }
}

const isBefore = (order: readonly Column[], a: Rows[TableName], b: Rows[TableName]): boolean =>
  compareKeys(partsOf(order, a), partsOf(order, b)) < 0

/** The rows of a scan, page by page. */
const rowsOf = async function* <Name extends TableName>(
  tx: StateTransaction,
  table: Name,
  range: ScanRange,
): AsyncGenerator<Rows[Name], undefined> {
  let after = range.after
  do {
    const page = await tx.scan(table, after === undefined ? range : { ...range, after })
    yield* page.rows
    after = page.next
  } while (after !== undefined)
}
