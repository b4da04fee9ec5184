import type { Expression, ExpressionBuilder, Kysely, SqlBool, Transaction } from 'kysely'

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
  /** For messages: without user and password. */
  readonly name: string
  /** The column has exactly this value. */
  equals(column: string, value: unknown): Condition
  /** The values in the form that the columns of a table accept. */
  fit(tx: Transaction<AnyTables>, table: string, row: Row): Promise<Row>
  close(): Promise<void>
}

/** For databases that compare and store values unchanged. */
export const ordinary: Pick<SqlDatabase, 'equals' | 'fit'> = {
  equals: (column, value) => (eb) => eb(column, '=', value),
  fit: async (_tx, _table, row) => row,
}
