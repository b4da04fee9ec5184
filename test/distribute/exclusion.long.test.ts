import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedExclusion } from '../../src/distribute/index.js'
import { PostgresStore } from '../../src/state/index.js'
import type { DatabaseServer } from '../support/database-server.js'
import { postgresPath, startPostgres } from '../support/postgres.js'
import { serversRequired } from '../support/server.js'

const run = fileURLToPath(new URL('../../.config/run.mjs', import.meta.url))
const holder = fileURLToPath(new URL('lock-holder.ts', import.meta.url))

describe.skipIf(postgresPath === undefined && !serversRequired)('the locks for matching', () => {
  let postgres: DatabaseServer
  beforeAll(async () => {
    postgres = await startPostgres()
  }, 60_000)
  afterAll(() => postgres?.stop())

  it('are given back when the process that has one is killed', async () => {
    const address = await postgres.database()
    const child = spawn(process.execPath, [run, holder, address], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((done) => child.once('exit', done))
    await new Promise<void>((held) =>
      child.stdout.on('data', (piece) => {
        if (String(piece).includes('held')) held()
      }),
    )
    const store = await PostgresStore.open(address)
    const exclusion = await sharedExclusion(store, (milliseconds) => pause(milliseconds))
    let alive = true
    let waited = 0
    const other = exclusion.run('key', async () => alive)
    const free = await exclusion.run('another key', async () => {
      waited++
      return alive
    })
    expect([free, waited]).toEqual([true, 1])
    child.kill('SIGKILL')
    await ended
    alive = false
    expect(await other).toBe(false)
    await exclusion.close()
    await store.close()
  }, 60_000)
})
