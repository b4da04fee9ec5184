import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PgBossScheduler } from '../../src/distribute/index.js'
import { PostgresStore } from '../../src/state/index.js'
import type { DatabaseServer } from '../support/database-server.js'
import { postgresPath, startPostgres } from '../support/postgres.js'
import { serversRequired } from '../support/server.js'

describe.skipIf(postgresPath === undefined && !serversRequired)('the queue', () => {
  let postgres: DatabaseServer
  beforeAll(async () => {
    postgres = await startPostgres()
  }, 60_000)
  afterAll(() => postgres?.stop())

  it('is made by several workers at once', async () => {
    const address = await postgres.database()
    for (let round = 0; round < 3; round++) {
      const stores = await Promise.all(
        Array.from({ length: 4 }, () => PostgresStore.open(`${address}?schema=q${round}`)),
      )
      const opened = await Promise.allSettled(stores.map((store) => PgBossScheduler.open(store)))
      expect(opened.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'))
      for (const one of opened) if (one.status === 'fulfilled') await one.value.close()
      await Promise.all(stores.map((store) => store.close()))
    }
  }, 120_000)
})
