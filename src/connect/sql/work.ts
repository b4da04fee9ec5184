import type { Transaction } from 'kysely'
import { type Failure, FailureError } from '../answer.js'
import type { AnyTables, SqlDatabase } from './sql-database.js'

/** A transaction and its database. */
export type Work = Omit<SqlDatabase, 'db' | 'name' | 'close'> & {
  readonly tx: Transaction<AnyTables>
}

/** Ends the transaction because its effect is not what was requested; nothing is written. */
export const disagrees = (reason: string, code: Failure['code'] = 'UnprocessableEntity'): FailureError =>
  new FailureError({ outcome: 'refused', code, reason })
