import { type ErrorCode, type Failure, FailureError } from '../answer.js'

type Rule = readonly [
  pattern: RegExp,
  outcome: Failure['outcome'],
  code: ErrorCode,
  concerns?: Failure['concerns'],
]

/** SQLSTATEs and their outcomes (ISO 9075, and the manuals of the databases); the first match counts. */
const states: readonly Rule[] = [
  [/^(23505|23P01)$/, 'conflict', 'EntryConflict'],
  [/^23502$/, 'refused', 'MandatoryFieldsMissing'],
  [/^(23|22)/, 'refused', 'UnprocessableEntity'],
  [/^42501$/, 'refused', 'InsufficientRights'],
  [/^(42703|42P01|42883|42S02|42S22)$/, 'refused', 'SchemaAttributeNotFound'],
  [/^(428C9|55000|0A000|P0001|45000)$/, 'refused', 'UnprocessableEntity'],
  [/^(40001|40P01|55P03|57014)$/, 'retry', 'InternalServerError'],
  [/^(53|57)/, 'retry', 'InternalServerError'],
  [/^(40003|08007)$/, 'unknown', 'InternalServerError'],
  [/^08/, 'retry', 'WebExceptionProtocolError'],
  [/^(28|3D000)/, 'refused', 'Unauthorized', 'credentials'],
]

/** MariaDB's error numbers whose SQLSTATE is too general. */
const mariadbErrors: readonly Rule[] = [
  [/^(1062|1586)$/, 'conflict', 'EntryConflict'],
  [/^(1048|1364)$/, 'refused', 'MandatoryFieldsMissing'],
  [/^(1153|1265|1366)$/, 'refused', 'UnprocessableEntity'],
  [/^(1142|1143|1227|1290|1370)$/, 'refused', 'InsufficientRights'],
  [/^(1044|1049)$/, 'refused', 'Unauthorized', 'credentials'],
  [/^(1020|1205|1317|1969)$/, 'retry', 'InternalServerError'],
  [/^(1053|1927)$/, 'unknown', 'InternalServerError'],
]

/** If a statement returns rows, SQLite reports failures only as text. */
const sqliteMessages: readonly Rule[] = [
  [/UNIQUE constraint failed/i, 'conflict', 'EntryConflict'],
  [/NOT NULL constraint failed/i, 'refused', 'MandatoryFieldsMissing'],
  [/constraint failed|datatype mismatch/i, 'refused', 'UnprocessableEntity'],
  [/no such (table|column|function)|has no column/i, 'refused', 'SchemaAttributeNotFound'],
  [
    /^database (table )?is (locked|busy)|disk is full$|^disk I\/O error|^interrupted/i,
    'retry',
    'InternalServerError',
  ],
  [/unable to open database file/i, 'retry', 'WebExceptionProtocolError'],
  [/readonly database/i, 'refused', 'InsufficientRights'],
]

/** Any other failure of SQLite is a refusal, such as that of a trigger: there is no connection that could be lost. */
const sqliteRefusal: Rule = [/^/, 'refused', 'UnprocessableEntity']

/** An SQLSTATE has a digit; EPIPE, the code of a broken connection, has none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/

/** The name of a key or column at the end or beginning of a message of MariaDB. */
const namedInMessage = /for key '([^']+)'$|^(?:Column|Field) '([^']+)'/

/** The names of columns and constraints that a message may show, because they are not data. */
const constraintIn = (error: object): string => {
  const { constraint, column, sqlMessage } = error as Readonly<Record<string, unknown>>
  const [, key, field] = namedInMessage.exec(typeof sqlMessage === 'string' ? sqlMessage : '') ?? []
  const name = [constraint, column, key, field].find((one) => typeof one === 'string')
  return name === undefined ? '' : ` (${String(name).slice(0, 100)})`
}

/**
 * The failure for an error of a database. The reason does not quote its message, which can
 * contain values.
 * @param writes whether the transaction may have taken effect without a confirmation
 */
export const sqlFailure = (what: string, error: unknown, writes: boolean): Failure => {
  if (error instanceof FailureError) return error.failure
  const found = typeof error === 'object' && error !== null ? error : {}
  const {
    code,
    message = '',
    sqlState,
    errno,
  } = found as Partial<Record<'code' | 'message' | 'sqlState', string> & { errno: number }>
  const state = [sqlState, code].find((one) => SQLSTATE.test(one ?? ''))
  const rule =
    state === undefined
      ? (sqliteMessages.find(([pattern]) => pattern.test(message)) ??
        (code === 'ERR_SQLITE_ERROR' ? sqliteRefusal : undefined))
      : (mariadbErrors.find(([pattern]) => pattern.test(String(errno))) ??
        states.find(([pattern]) => pattern.test(state)))
  if (rule !== undefined) {
    const [, outcome, errorCode, concerns] = rule
    return {
      outcome,
      code: errorCode,
      reason: `${what}: ${state === undefined ? 'refused by the database' : `SQLSTATE ${state}`}${constraintIn(found)}`,
      ...(concerns === undefined ? {} : { concerns }),
    }
  }
  if (
    /^(ECONNREFUSED|ENOTFOUND)$/.test(code ?? '') ||
    /timeout exceeded when trying to connect|connect ETIMEDOUT/i.test(message)
  )
    return {
      outcome: 'retry',
      code: 'WebExceptionProtocolError',
      reason: `${what}: the database cannot be reached`,
    }
  if (state !== undefined)
    return { outcome: 'refused', code: 'InternalServerError', reason: `${what}: SQLSTATE ${state}` }
  return {
    outcome: writes ? 'unknown' : 'retry',
    code: 'WebExceptionProtocolError',
    reason: `${what}: the connection failed`,
  }
}
