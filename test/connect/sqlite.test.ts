import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/connect/sql/database.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { sqlSuite } from './sql-suite.js'

describe('SQLite', () => {
  sqlSuite(async () => `sqlite:${join(temporaryDirectory(), 'database.sqlite')}`)
})

it('another address is refused with the forms there are', async () => {
  await expect(openDatabase('mysql://host/db')).rejects.toThrow('postgres://')
})
