import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  MemoryStore,
  OverlayStore,
  PARTITIONS,
  SqliteStore,
  StateError,
  type StateStore,
} from '../../src/state/index.js'
import { escrow, link, storeContract, storesAgree } from './contract.js'

const folder = mkdtempSync(join(tmpdir(), 'attrflow-state-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const memory = async (): Promise<StateStore> => new MemoryStore()
const sqlite = (): Promise<StateStore> => SqliteStore.open(join(folder, `${files++}.db`))

const temporary = (): Promise<StateStore> => SqliteStore.temporary()

storeContract('memory', memory)
storeContract('SQLite', sqlite)
storeContract('SQLite without a file of its own', temporary)
/** An overlay; until `written` transactions are done, they write to its base. */
const overlay = async (written: number): Promise<StateStore> => {
  const [base, layer] = [await sqlite(), await sqlite()]
  const over = new OverlayStore(base, layer)
  let begun = 0
  return {
    transaction: (f) => (begun++ < written ? base : over).transaction(f),
    close: async () => {
      await base.close()
      await layer.close()
    },
  }
}
const overlayOverNothing = (): Promise<StateStore> => overlay(0)
const overlayOverOne = (): Promise<StateStore> => overlay(1)
const overlayOverSome = (): Promise<StateStore> => overlay(8)
storeContract('an overlay over an empty base', overlayOverNothing)
storeContract('an overlay over what the first transaction wrote', overlayOverOne)
storesAgree([memory, sqlite, temporary, overlayOverNothing, overlayOverOne, overlayOverSome])

describe('SQLite', () => {
  it('keeps what was committed, in the file alone once it is closed', async () => {
    const path = join(folder, 'kept.db')
    const store = await SqliteStore.open(path)
    await store.transaction((tx) => tx.put('links', link('a')))
    await store.close()
    const copied = join(folder, 'copied.db')
    copyFileSync(path, copied)
    const again = await SqliteStore.open(copied)
    expect(await again.transaction((tx) => tx.get('links', 'User->User', 'a'))).toEqual(link('a'))
    await again.close()
  })

  it('brings a file of the first layout up to date', async () => {
    const path = join(folder, 'older.db')
    const store = await SqliteStore.open(path)
    const ids = Array.from({ length: 1200 }, (_, i) => `id-${i}`)
    await store.transaction(async (tx) => {
      await tx.put('links', link('a'))
      for (const id of ids) await tx.put('escrows', escrow(id, 7))
    })
    await store.close()
    // As version 1 had it: no column for the partition, and none of the tables that came later.
    const { DatabaseSync } = (await import('@photostructure/sqlite')) as unknown as {
      DatabaseSync: new (path: string) => { exec(sql: string): void; close(): void }
    }
    const file = new DatabaseSync(path)
    for (const [table, index] of [
      ['intents', 'byPartition'],
      ['staged', 'bySeen'],
      ['pending', 'byPartition'],
      ['escrows', 'byPartition'],
    ])
      file.exec(`DROP INDEX ${table}_${index}; ALTER TABLE ${table} DROP COLUMN partition;`)
    file.exec('DROP TABLE cycles; DROP TABLE chains; DROP TABLE work; PRAGMA user_version = 1;')
    file.close()
    const again = await SqliteStore.open(path)
    const found = await again.transaction(async (tx) => {
      const pages = []
      for (let partition = 0; partition < PARTITIONS; partition++)
        pages.push(await tx.scan('escrows', { index: 'byPartition', prefix: [partition, 7] }))
      return pages.flatMap(({ rows }) => rows.map(({ sourceId }) => sourceId))
    })
    expect(found.sort()).toEqual([...ids].sort())
    expect(await again.transaction((tx) => tx.get('links', 'User->User', 'a'))).toEqual(link('a'))
    expect(await again.transaction((tx) => tx.count('chains'))).toBe(0)
    await again.close()
  })

  it('says what is wrong with a file that is no state', async () => {
    const opening = SqliteStore.open(join(folder, 'missing/folder.db'))
    await expect(opening).rejects.toBeInstanceOf(StateError)
    await expect(opening).rejects.toThrow(/cannot open the state .*folder\.db/)
  })
})
