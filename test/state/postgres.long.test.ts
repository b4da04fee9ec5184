import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryStore, PostgresStore, StateError, type StateStore } from '../../src/state/index.js'
import type { DatabaseServer } from '../support/database-server.js'
import { postgresPath, startPostgres } from '../support/postgres.js'
import { serversRequired } from '../support/server.js'
import { link, storeContract, storesAgree } from './contract.js'

describe.skipIf(postgresPath === undefined && !serversRequired)('PostgreSQL', () => {
  let server: DatabaseServer
  let address: string
  let schemas = 0
  beforeAll(async () => {
    server = await startPostgres()
    address = await server.database()
  }, 60_000)
  afterAll(() => server?.stop())
  const fresh = (): string => `${address}?schema=s${++schemas}`
  const open = (): Promise<StateStore> => PostgresStore.open(fresh(), { connections: 4 })

  storeContract('PostgreSQL', open)
  storesAgree([async () => new MemoryStore(), open])

  it('is one state for several processes, and runs again what got in the way of others', async () => {
    const url = fresh()
    // All of them make the tables at once.
    const stores = await Promise.all([1, 2, 3].map(() => PostgresStore.open(url)))
    let runs = 0
    const add = (store: StateStore): Promise<void> =>
      store.transaction(async (tx) => {
        runs++
        const count = await tx.count('links')
        await tx.put('links', link(`${count}`))
      })
    await Promise.all(Array.from({ length: 30 }, (_, i) => add(stores[i % 3]!)))
    expect(await stores[0]!.transaction((tx) => tx.count('links'))).toBe(30)
    expect(runs).toBeGreaterThan(30)
    await Promise.all(stores.map((store) => store.close()))
  })

  it('keeps jobs apart by schema, and what was committed', async () => {
    const [one, other] = [fresh(), fresh()]
    const store = await PostgresStore.open(one)
    await store.transaction((tx) => tx.put('links', link('a')))
    await store.close()
    const [again, apart] = [await PostgresStore.open(one), await PostgresStore.open(other)]
    expect(await again.transaction((tx) => tx.get('links', 'User->User', 'a'))).toEqual(link('a'))
    expect(await apart.transaction((tx) => tx.count('links'))).toBe(0)
    await again.close()
    await apart.close()
  })

  it('goes on after its connections were cut', async () => {
    const url = fresh()
    const [store, other] = [await PostgresStore.open(url), await PostgresStore.open(url)]
    await store.transaction((tx) => tx.put('links', link('a')))
    await other.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'attrflow' AND pid <> pg_backend_pid()",
    )
    await new Promise((done) => setTimeout(done, 100))
    expect(await store.transaction((tx) => tx.count('links'))).toBe(1)
    await store.close()
    await other.close()
  })

  it('says what is wrong, without the password', async () => {
    const refused = PostgresStore.open('postgres://ada:secret@127.0.0.1:1/attrflow')
    await expect(refused).rejects.toBeInstanceOf(StateError)
    await expect(refused).rejects.toThrow(/cannot open the state postgres:\/\/127\.0\.0\.1:1\/attrflow/)
    await expect(refused).rejects.not.toThrow(/secret/)
    await expect(PostgresStore.open('somewhere')).rejects.toThrow(/postgres:\/\/user@host:5432\/database/)
    await expect(PostgresStore.open(`${address}?schema=a"b`)).rejects.toThrow(/lower-case letters/)
  })

  it('refuses a newer layout', async () => {
    const url = fresh()
    const store = await PostgresStore.open(url)
    await store.query(`UPDATE "${store.schema}".layout SET version = 1000`)
    await store.close()
    await expect(PostgresStore.open(url)).rejects.toThrow(/has layout 1000.*use a newer attrflow/)
  })
})
