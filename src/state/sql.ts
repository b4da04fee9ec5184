import { keyText, orderOf, PAGE, partsOf, withKey } from './keys.js'
import type { KeyPart, ScanPage, ScanRange } from './store.js'
import { type Column, type Rows, type Table, type TableName, tableHistory, tables } from './tables.js'

/** A statement with its values, one for each `?`, in order. */
export interface Statement {
  readonly sql: string
  readonly values: readonly KeyPart[]
}

const names = (columns: readonly Column[]): string => columns.map(({ name }) => `"${name}"`).join(', ')

const places = (columns: readonly Column[]): string => columns.map(() => '?').join(', ')

const stored = (parts: readonly KeyPart[]): readonly KeyPart[] =>
  parts.map((part) => (typeof part === 'string' ? keyText(part) : part))

/** All columns of a table except `row`: those of its key and of its indexes. */
const columnsOf = (table: Table): readonly Column[] => [
  ...new Map(
    [table.key, ...Object.values(table.indexes)].flat().map((column) => [column.name, column]),
  ).values(),
]

/** The parts of SQL that differ between databases. */
export interface SqlDialect {
  /** The name of a table, or of one of its indexes, as written in a statement. */
  readonly table: (name: string) => string
  readonly types: Readonly<Record<Column['type'] | 'row', string>>
  /** The text after the columns of a table. */
  readonly options: string
}

/** The statements that store and read the tables, the same for all databases. */
export class SqlStatements {
  readonly #dialect: SqlDialect
  /** For each table, the statement that writes a row, and the columns whose values it takes. */
  readonly #puts = new Map<TableName, { readonly sql: string; readonly columns: readonly Column[] }>()

  constructor(dialect: SqlDialect) {
    this.#dialect = dialect
  }

  /** The statements that create a table and its indexes. */
  layout(table: Table): readonly string[] {
    const { types, options } = this.#dialect
    const name = this.#dialect.table(table.name)
    const columns = columnsOf(table).map((column) => `"${column.name}" ${types[column.type]} NOT NULL`)
    return [
      `CREATE TABLE ${name} (${columns.join(', ')}, row ${types.row} NOT NULL, PRIMARY KEY (${names(table.key)}))${options}`,
      ...Object.entries(table.indexes).map(
        ([index, indexed]) =>
          `CREATE INDEX ${table.name}_${index} ON ${name} (${names(withKey(table, indexed))})`,
      ),
    ]
  }

  get(name: TableName, key: readonly KeyPart[]): Statement {
    return { sql: `SELECT row FROM ${this.#at(name, key)}`, values: stored(key) }
  }

  put<Name extends TableName>(name: Name, row: Rows[Name]): Statement {
    let put = this.#puts.get(name)
    if (put === undefined) {
      put = this.#putInto(tables[name])
      this.#puts.set(name, put)
    }
    return { sql: put.sql, values: [...stored(partsOf(put.columns, row)), JSON.stringify(row)] }
  }

  #putInto(table: Table): { readonly sql: string; readonly columns: readonly Column[] } {
    const columns = columnsOf(table)
    const others = columns
      .filter(({ name }) => table.key.every((column) => column.name !== name))
      .map(({ name }) => name)
    const replaced = [...others, 'row'].map((column) => `"${column}" = excluded."${column}"`).join(', ')
    return {
      columns,
      sql: `INSERT INTO ${this.#dialect.table(table.name)} (${names(columns)}, row) VALUES (${places(columns)}, ?) ON CONFLICT (${names(table.key)}) DO UPDATE SET ${replaced}`,
    }
  }

  /** Removes every row whose key has this prefix. */
  clear(name: TableName, prefix: readonly KeyPart[]): Statement {
    return { sql: `DELETE FROM ${this.#at(name, prefix)}`, values: stored(prefix) }
  }

  count(name: TableName, prefix: readonly KeyPart[]): Statement {
    return { sql: `SELECT count(*) AS n FROM ${this.#at(name, prefix)}`, values: stored(prefix) }
  }

  /** The rows of a page, and one more if there are more; see {@link pageOf}. */
  scan(name: TableName, range: ScanRange): Statement {
    const { prefix = [], after, upTo, limit = PAGE } = range
    const order = orderOf(tables[name], range)
    const conditions = order.slice(0, prefix.length).map((column) => `"${column.name}" = ?`)
    const values = [...prefix]
    const rest = order.slice(prefix.length)
    const [first] = rest
    if (upTo !== undefined && first !== undefined) {
      conditions.push(`"${first.name}" <= ?`)
      values.push(upTo)
    }
    if (after !== undefined && rest.length > 0) {
      conditions.push(`(${names(rest)}) > (${places(rest)})`)
      values.push(...after.slice(prefix.length))
    }
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
    return {
      sql: `SELECT row FROM ${this.#dialect.table(name)}${where} ORDER BY ${names(order)} LIMIT ?`,
      values: [...stored(values), limit + 1],
    }
  }

  /**
   * Creates the tables, or migrates those of an older layout. All columns are derived from the rows, so a
   * table with changed columns is built again from its rows.
   * @param found the version of the existing layout; 0: none
   * @param run runs one statement and returns its rows
   */
  async bringUpToDate(
    found: number,
    run: (statement: Statement) => Promise<readonly { readonly row: string }[]>,
  ): Promise<void> {
    for (const table of Object.values(tables)) {
      const { since = 1, changed = since } = tableHistory[table.name] ?? {}
      if (since > found) for (const sql of this.layout(table)) await run({ sql, values: [] })
      else if (changed > found) await this.#rebuild(table, run)
    }
  }

  async #rebuild(
    table: Table,
    run: (statement: Statement) => Promise<readonly { readonly row: string }[]>,
  ): Promise<void> {
    const execute = (sql: string) => run({ sql, values: [] })
    const old = this.#dialect.table(`${table.name}_before`)
    await execute(`ALTER TABLE ${this.#dialect.table(table.name)} RENAME TO ${table.name}_before`)
    for (const index of Object.keys(table.indexes))
      await execute(`DROP INDEX IF EXISTS ${this.#dialect.table(`${table.name}_${index}`)}`)
    for (const sql of this.layout(table)) await execute(sql)
    const key = names(table.key)
    for (;;) {
      const rows = await execute(`SELECT row FROM ${old} ORDER BY ${key} LIMIT ${PAGE}`)
      if (rows.length === 0) break
      for (const { row } of rows) await run(this.put(table.name, JSON.parse(row)))
      await execute(
        `DELETE FROM ${old} WHERE (${key}) IN (SELECT ${key} FROM ${old} ORDER BY ${key} LIMIT ${PAGE})`,
      )
    }
    await execute(`DROP TABLE ${old}`)
  }

  #at(name: TableName, prefix: readonly KeyPart[]): string {
    const columns = tables[name].key.slice(0, prefix.length).map((column) => `"${column.name}" = ?`)
    return `${this.#dialect.table(name)}${columns.length === 0 ? '' : ` WHERE ${columns.join(' AND ')}`}`
  }
}

/** A page of the rows that a scan's statement returned. */
export const pageOf = <Name extends TableName>(
  name: Name,
  range: ScanRange,
  found: readonly { readonly row: string }[],
): ScanPage<Rows[Name]> => {
  const { limit = PAGE } = range
  const rows = found.slice(0, limit).map(({ row }) => JSON.parse(row) as Rows[Name])
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, next: last && partsOf(orderOf(tables[name], range), last) }
}
