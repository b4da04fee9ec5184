import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/connect/sql/database.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { sqlStatements } from './sql-statements.js'
import { sqlSuite } from './sql-suite.js'

describe('SQLite', () => {
  const empty = async (): Promise<string> => `sqlite:${join(temporaryDirectory(), 'database.sqlite')}`
  describe('by tables', () => sqlSuite(empty))
  describe('by statements', () => sqlStatements(empty))
})

it('another address is refused with the forms there are', async () => {
  await expect(openDatabase('mysql://host/db')).rejects.toThrow('postgres://')
})
