import type { ErrorCode, Failure } from '../answer.js'

type Rule = readonly [
  pattern: RegExp,
  outcome: Failure['outcome'],
  code: ErrorCode,
  concerns?: Failure['concerns'],
]

/** SQLSTATEs and their outcomes (ISO 9075 and PostgreSQL, appendix A); the first match counts. */
const states: readonly Rule[] = [
  [/^(23505|23P01)$/, 'conflict', 'EntryConflict'],
  [/^23502$/, 'refused', 'MandatoryFieldsMissing'],
  [/^(23|22)/, 'refused', 'UnprocessableEntity'],
  [/^42501$/, 'refused', 'InsufficientRights'],
  [/^(42703|42P01)$/, 'refused', 'SchemaAttributeNotFound'],
  [/^(40001|40P01|55P03|57014)$/, 'retry', 'InternalServerError'],
  [/^(53|57)/, 'retry', 'InternalServerError'],
  [/^(40003|08007)$/, 'unknown', 'InternalServerError'],
  [/^08/, 'retry', 'WebExceptionProtocolError'],
  [/^(28|3D000)/, 'refused', 'Unauthorized', 'credentials'],
]

/** If a statement returns rows, SQLite reports failures only as text. */
const sqliteMessages: readonly Rule[] = [
  [/UNIQUE constraint failed/i, 'conflict', 'EntryConflict'],
  [/NOT NULL constraint failed/i, 'refused', 'MandatoryFieldsMissing'],
  [/constraint failed|datatype mismatch/i, 'refused', 'UnprocessableEntity'],
  [/no such (table|column)|has no column/i, 'refused', 'SchemaAttributeNotFound'],
  [/database is (locked|busy)/i, 'retry', 'InternalServerError'],
  [/readonly database/i, 'refused', 'InsufficientRights'],
]

/** The names of columns and constraints that a message may show, because they are not data. */
const constraintIn = (error: object): string => {
  const { constraint, column } = error as { constraint?: unknown; column?: unknown }
  const name = typeof constraint === 'string' ? constraint : typeof column === 'string' ? column : ''
  return name === '' ? '' : ` (${name.slice(0, 100)})`
}

/**
 * The failure for an error of a database. The reason does not quote its message, which can
 * contain values.
 * @param writes whether the transaction may have taken effect without a confirmation
 */
export const sqlFailure = (what: string, error: unknown, writes: boolean): Failure => {
  const found = typeof error === 'object' && error !== null ? error : {}
  const { code, message = '' } = found as { code?: unknown; message?: string }
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
  const rule =
    state === undefined
      ? sqliteMessages.find(([pattern]) => pattern.test(message))
      : states.find(([pattern]) => pattern.test(state))
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
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    /timeout exceeded when trying to connect/i.test(message)
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
