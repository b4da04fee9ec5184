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
  /** Whether the column has one of these texts, sign by sign, whatever its collation. */
  isOneOf(column: string, texts: readonly string[]): Condition
  /**
   * The values in the form that the columns of a table accept.
   * @throws {FailureError} for a list in a column that holds one value
   */
  fit(tx: Transaction<AnyTables>, table: string, row: Row): Promise<Row>
  close(): Promise<void>
}

/** A fact about the columns of each table, read from the database once. */
export const oncePerTable = (
  read: (db: Kysely<AnyTables>, table: string) => Promise<ReadonlySet<string>>,
): ((db: Kysely<AnyTables>, table: string) => Promise<ReadonlySet<string>>) => {
  const known = new Map<string, ReadonlySet<string>>()
  return async (db, table) => {
    const names = known.get(table) ?? (await read(db, table))
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
