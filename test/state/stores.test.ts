import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MemoryStore, SqliteStore, StateError, type StateStore } from '../../src/state/index.js'
import { link, storeContract, storesAgree } from './contract.js'

const folder = mkdtempSync(join(tmpdir(), 'attrflow-state-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const memory = async (): Promise<StateStore> => new MemoryStore()
const sqlite = (): Promise<StateStore> => SqliteStore.open(join(folder, `${files++}.db`))

storeContract('memory', memory)
storeContract('SQLite', sqlite)
storesAgree([memory, sqlite])

describe('SQLite', () => {
  it('keeps what was committed', async () => {
    const path = join(folder, 'kept.db')
    const store = await SqliteStore.open(path)
    await store.transaction((tx) => tx.put('links', link('a')))
    await store.close()
    const again = await SqliteStore.open(path)
    expect(await again.transaction((tx) => tx.get('links', 'User->User', 'a'))).toEqual(link('a'))
    await again.close()
  })

  it('says what is wrong with a file that is no state', async () => {
    const opening = SqliteStore.open(join(folder, 'missing/folder.db'))
    await expect(opening).rejects.toBeInstanceOf(StateError)
    await expect(opening).rejects.toThrow(/cannot open the state .*folder\.db/)
  })
})
