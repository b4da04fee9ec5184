import { compareKeys, comparePart, orderOf, PAGE, partsOf, withKey } from './keys.js'
import type { KeyPart, ScanPage, ScanRange, StateStore, StateTransaction } from './store.js'
import { type Column, type Rows, type TableName, tables } from './tables.js'

const beginsWith = (key: readonly KeyPart[], prefix: readonly KeyPart[]): boolean =>
  prefix.every((part, i) => key[i] === part)

interface Entry<Row> {
  readonly key: readonly KeyPart[]
  readonly row: Row
}

/** Rows in one order. */
class Order<Row> {
  readonly #entries: Entry<Row>[] = []

  /** The index of the first entry that is not before the key. */
  place(key: readonly KeyPart[]): number {
    let [low, high] = [0, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const entry = this.#entries[middle]
      if (entry !== undefined && compareKeys(entry.key, key) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  at(place: number): Entry<Row> | undefined {
    return this.#entries[place]
  }

  find(key: readonly KeyPart[]): Row | undefined {
    const entry = this.#entries[this.place(key)]
    return entry !== undefined && compareKeys(entry.key, key) === 0 ? entry.row : undefined
  }

  put(key: readonly KeyPart[], row: Row): void {
    const place = this.place(key)
    const there = this.#entries[place]
    const replaced = there !== undefined && compareKeys(there.key, key) === 0 ? 1 : 0
    this.#entries.splice(place, replaced, { key, row })
  }

  remove(key: readonly KeyPart[]): void {
    const place = this.place(key)
    const there = this.#entries[place]
    if (there !== undefined && compareKeys(there.key, key) === 0) this.#entries.splice(place, 1)
  }
}

/** The rows of one table in each of its orders. */
class MemoryTable<Name extends TableName> {
  readonly name: Name
  readonly #byKey = new Order<Rows[Name]>()
  /** By the name of the index; undefined for the key. */
  readonly #orders: ReadonlyMap<
    string | undefined,
    { readonly columns: readonly Column[]; readonly order: Order<Rows[Name]> }
  >

  constructor(name: Name) {
    this.name = name
    const table = tables[name]
    this.#orders = new Map([
      [undefined, { columns: table.key, order: this.#byKey }],
      ...Object.entries(table.indexes).map(
        ([index, columns]) =>
          [index, { columns: withKey(table, columns), order: new Order<Rows[Name]>() }] as const,
      ),
    ])
  }

  get(key: readonly KeyPart[]): Rows[Name] | undefined {
    return this.#byKey.find(key)
  }

  set(key: readonly KeyPart[], row: Rows[Name] | undefined): void {
    const old = this.get(key)
    for (const { columns, order } of this.#orders.values()) {
      if (old !== undefined) order.remove(partsOf(columns, old))
      if (row !== undefined) order.put(partsOf(columns, row), row)
    }
  }

  scan(range: ScanRange): ScanPage<Rows[Name]> {
    const { prefix = [], after, upTo, limit = PAGE } = range
    orderOf(tables[this.name], range)
    const order = this.#orders.get(range.index)?.order ?? this.#byKey
    const rows: Rows[Name][] = []
    let last: readonly KeyPart[] | undefined
    let place = order.place(after ?? prefix)
    for (let entry = order.at(place); entry !== undefined; entry = order.at(++place)) {
      if (!beginsWith(entry.key, prefix)) break
      const part = entry.key[prefix.length]
      if (upTo !== undefined && part !== undefined && comparePart(part, upTo) > 0) break
      if (after !== undefined && compareKeys(entry.key, after) <= 0) continue
      if (rows.length === limit) return { rows, next: last }
      rows.push(entry.row)
      last = entry.key
    }
    return { rows, next: undefined }
  }

  /** The keys with this prefix. */
  keys(prefix: readonly KeyPart[]): readonly (readonly KeyPart[])[] {
    const order = this.#byKey
    const keys: (readonly KeyPart[])[] = []
    let place = order.place(prefix)
    for (let entry = order.at(place); entry !== undefined; entry = order.at(++place)) {
      if (!beginsWith(entry.key, prefix)) break
      keys.push(entry.key)
    }
    return keys
  }
}

type MemoryTables = { readonly [Name in TableName]: MemoryTable<Name> }

type Undo = () => void

class MemoryTransaction implements StateTransaction {
  readonly #tables: MemoryTables
  readonly #undo: Undo[] = []

  constructor(all: MemoryTables) {
    this.#tables = all
  }

  #set<Name extends TableName>(name: Name, key: readonly KeyPart[], row: Rows[Name] | undefined): void {
    const table = this.#tables[name]
    const old = table.get(key)
    this.#undo.push(() => table.set(key, old))
    table.set(key, row)
  }

  async get<Name extends TableName>(
    table: Name,
    ...key: readonly KeyPart[]
  ): Promise<Rows[Name] | undefined> {
    return this.#tables[table].get(key)
  }

  async put<Name extends TableName>(table: Name, row: Rows[Name]): Promise<void> {
    this.#set(table, partsOf(tables[table].key, row), row)
  }

  async remove(table: TableName, ...key: readonly KeyPart[]): Promise<void> {
    this.#set(table, key, undefined)
  }

  async clear(table: TableName, ...prefix: readonly KeyPart[]): Promise<void> {
    for (const key of this.#tables[table].keys(prefix)) this.#set(table, key, undefined)
  }

  async scan<Name extends TableName>(table: Name, range: ScanRange = {}): Promise<ScanPage<Rows[Name]>> {
    return this.#tables[table].scan(range)
  }

  async count(table: TableName, ...prefix: readonly KeyPart[]): Promise<number> {
    return this.#tables[table].keys(prefix).length
  }

  rollBack(): void {
    for (const undo of this.#undo.reverse()) undo()
  }
}

/** A store that lasts as long as the process: for tests, simulations and `plan` without a state. */
export class MemoryStore implements StateStore {
  readonly #tables = Object.fromEntries(
    (Object.keys(tables) as TableName[]).map((name) => [name, new MemoryTable(name)]),
  ) as MemoryTables
  #last: Promise<unknown> = Promise.resolve()

  transaction<T>(f: (tx: StateTransaction) => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      const tx = new MemoryTransaction(this.#tables)
      try {
        return await f(tx)
      } catch (error) {
        tx.rollBack()
        throw error
      }
    }
    const result = this.#last.then(run, run)
    this.#last = result.catch(() => undefined)
    return result
  }

  async close(): Promise<void> {
    await this.#last
  }
}
