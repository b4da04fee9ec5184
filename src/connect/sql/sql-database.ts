import type { Expression, ExpressionBuilder, Kysely, Sql, SqlBool, Transaction } from 'kysely'
import { FailureError } from '../answer.js'

/** The tables of a database, whose names are known only from the job file. */
export type AnyTables = Record<string, Record<string, unknown>>

/** A condition on a row. */
export type Condition = (eb: ExpressionBuilder<AnyTables, string>) => Expression<SqlBool>

/** The values of a row by column. */
export type Row = Readonly<Record<string, unknown>>

/** A database connection. */
export interface SqlDatabase {
  readonly db: Kysely<AnyTables>
  readonly system: 'postgres' | 'mariadb' | 'sqlite'
  /** Builds statements of their own. */
  readonly sql: Sql
  /** For messages: without user and password. */
  readonly name: string
  /** Whether the column has this value, by the collation of the column. */
  equals(column: string, value: unknown): Condition
  /** Whether the column has this mark or a later one. */
  isAtLeast(column: string, mark: string): Condition
  /** The text of a column in a form that is compared sign by sign, whatever the collation of the column. */
  exactText(column: string): Expression<string>
  /**
   * The values in the form that the columns of a table accept.
   * @throws {FailureError} for a list in a column that holds one value
   */
  fit(tx: Transaction<AnyTables>, table: string, row: Row): Promise<Row>
  close(): Promise<void>
}

/**
 * Finds the columns of a table that have one of these types. The database is asked once for each table.
 * @param usualSchema the schema of a table whose name has none
 */
export const columnsOfType = (
  types: readonly string[],
  usualSchema: (eb: ExpressionBuilder<AnyTables, string>) => Expression<unknown>,
): ((db: Kysely<AnyTables>, table: string) => Promise<ReadonlySet<string>>) => {
  const known = new Map<string, ReadonlySet<string>>()
  return async (db, table) => {
    const found = known.get(table)
    if (found !== undefined) return found
    const [name, schema] = table.split('.').reverse()
    const rows = await db
      .selectFrom('information_schema.columns')
      .select('column_name as name')
      .where('table_name', '=', name)
      .where((eb) => eb('table_schema', '=', schema ?? usualSchema(eb)))
      .where('data_type', 'in', types)
      .execute()
    const names = new Set(rows.map((row) => String(row.name)))
    known.set(table, names)
    return names
  }
}

/** Refuses lists in columns that hold one value. */
export const refuseLists = (table: string, row: Row): void => {
  const column = Object.keys(row).find((name) => Array.isArray(row[name]))
  if (column !== undefined)
    throw new FailureError({
      outcome: 'refused',
      code: 'SchemaPropertyCanOnlyAcceptValue',
      reason: `the column ${column} of ${table} holds one value, not a list: name a table for it in lists`,
    })
}
