import { describe, expect, it } from 'vitest'
import { sqlFailure } from '../../src/connect/sql/failure.js'

/** An error of MariaDB's driver. */
const mariadb = (errno: number, sqlState: string, sqlMessage = '') => ({
  errno,
  sqlState,
  sqlMessage,
  code: 'ER_X',
})

const sqlite = (message: string): Error => Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR' })

describe('what a database answers becomes an outcome', () => {
  it.each([
    ['PostgreSQL: unique', { code: '23505', constraint: 'login' }, 'conflict', 'EntryConflict'],
    ['PostgreSQL: deadlock', { code: '40P01' }, 'retry', 'InternalServerError'],
    ['MariaDB: unique', mariadb(1062, '23000'), 'conflict', 'EntryConflict'],
    ['MariaDB: no value', mariadb(1364, 'HY000'), 'refused', 'MandatoryFieldsMissing'],
    ['MariaDB: null', mariadb(1048, '23000'), 'refused', 'MandatoryFieldsMissing'],
    ['MariaDB: foreign key', mariadb(1452, '23000'), 'refused', 'UnprocessableEntity'],
    ['MariaDB: CHECK', mariadb(4025, '23000'), 'refused', 'UnprocessableEntity'],
    ['MariaDB: column', mariadb(1054, '42S22'), 'refused', 'SchemaAttributeNotFound'],
    ['MariaDB: rights', mariadb(1142, '42000'), 'refused', 'InsufficientRights'],
    ['MariaDB: deadlock', mariadb(1213, '40001'), 'retry', 'InternalServerError'],
    ['MariaDB: lock', mariadb(1205, 'HY000'), 'retry', 'InternalServerError'],
    ['MariaDB: shutdown', mariadb(1053, '08S01'), 'unknown', 'InternalServerError'],
    ['MariaDB: too many connections', mariadb(1040, '08004'), 'retry', 'WebExceptionProtocolError'],
    ['SQLite: trigger', sqlite('no way'), 'refused', 'UnprocessableEntity'],
    ['SQLite: view', sqlite('cannot modify v because it is a view'), 'refused', 'UnprocessableEntity'],
    ['SQLite: locked', sqlite('database table is locked: t'), 'retry', 'InternalServerError'],
    ['SQLite: full', sqlite('database or disk is full'), 'retry', 'InternalServerError'],
    ['SQLite: no file', sqlite('unable to open database file'), 'retry', 'WebExceptionProtocolError'],
    ['connection lost', { code: 'PROTOCOL_CONNECTION_LOST' }, 'unknown', 'WebExceptionProtocolError'],
    ['pipe broken', { code: 'EPIPE' }, 'unknown', 'WebExceptionProtocolError'],
    [
      'no connection',
      { code: 'ETIMEDOUT', message: 'connect ETIMEDOUT' },
      'retry',
      'WebExceptionProtocolError',
    ],
    ['silence', { code: 'ETIMEDOUT', message: 'read ETIMEDOUT' }, 'unknown', 'WebExceptionProtocolError'],
    ['no error at all', undefined, 'unknown', 'WebExceptionProtocolError'],
  ])('%s', (_name, error, outcome, code) => {
    expect(sqlFailure('insert', error, true)).toMatchObject({ outcome, code })
  })

  it('names the key or the column, and no value', () => {
    const reason = (errno: number, message: string) =>
      sqlFailure('insert', mariadb(errno, '23000', message), true)
    expect(reason(1062, "Duplicate entry 'private' for key 'login name'")).toMatchObject({
      reason: 'insert: SQLSTATE 23000 (login name)',
    })
    expect(reason(1048, "Column 'nick' cannot be null")).toMatchObject({
      reason: 'insert: SQLSTATE 23000 (nick)',
    })
    expect(reason(1062, "Duplicate entry 'a' for key 'b' for key 'c\\'d'").outcome).toBe('conflict')
  })
})
