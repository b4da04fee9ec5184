import { afterAll, beforeAll, describe } from 'vitest'
import type { DatabaseServer } from '../support/database-server.js'
import { postgresPath, startPostgres } from '../support/postgres.js'
import { serversRequired } from '../support/server.js'
import { sqlSuite } from './sql-suite.js'

describe.skipIf(postgresPath === undefined && !serversRequired)('PostgreSQL', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server.stop())
  sqlSuite(() => server.database())
})
