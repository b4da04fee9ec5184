import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Escrow, type Link, type StateStore, scanAll } from '../../src/state/index.js'

export const link = (sourceId: string, targetId = `t-${sourceId}`): Link => ({
  mapping: 'User->User',
  sourceId,
  targetId,
  managed: true,
  disabled: false,
  print: { displayName: { sent: 'Ada "O\'Neill" 🙂', seen: 'ada' } },
  linkedAt: 1,
})

export const escrow = (sourceId: string, nextAttempt: number): Escrow => ({
  mapping: 'User->User',
  sourceId,
  phase: 'objects',
  code: 'Timeout',
  reason: '',
  firstFailure: 0,
  lastFailure: 0,
  attempts: 1,
  nextAttempt,
})

/** What holds for every store. `open` gives a new empty one. */
export const storeContract = (name: string, open: () => Promise<StateStore>): void => {
  describe(`a store in ${name}`, () => {
    it('finds rows by key and index, and replaces them', async () => {
      const store = await open()
      await store.transaction(async (tx) => {
        await tx.put('links', link('a'))
        await tx.put('links', link('a', 'other'))
        expect(await tx.get('links', 'User->User', 'a')).toEqual(link('a', 'other'))
        const byOld = await tx.scan('links', { index: 'byTarget', prefix: ['User->User', 't-a'] })
        expect(byOld.rows).toEqual([])
        const byNew = await tx.scan('links', { index: 'byTarget', prefix: ['User->User', 'other'] })
        expect(byNew.rows).toEqual([link('a', 'other')])
        expect(await tx.get('links', 'User->User', '__proto__')).toBeUndefined()
      })
      await store.close()
    })

    it('rolls a transaction back when it is rejected', async () => {
      const store = await open()
      await store.transaction((tx) => tx.put('links', link('a')))
      const failing = store.transaction(async (tx) => {
        await tx.put('links', link('b'))
        await tx.clear('links')
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await store.transaction((tx) => tx.count('links'))).toBe(1)
      expect(await store.transaction((tx) => tx.get('links', 'User->User', 'a'))).toEqual(link('a'))
      await store.close()
    })

    it('runs transactions one after the other', async () => {
      const store = await open()
      const add = () =>
        store.transaction(async (tx) => {
          const n = await tx.count('links')
          await tx.put('links', link(`${n}`))
        })
      await Promise.all(Array.from({ length: 20 }, add))
      expect(await store.transaction((tx) => tx.count('links', 'User->User'))).toBe(20)
      await store.close()
    })

    it('tells any two texts apart', async () => {
      const store = await open()
      const ids = [
        '',
        '\0',
        '\0\0',
        '\uD800',
        '\uD801',
        '\uDC00',
        '\uFFFD',
        '\uFFFF',
        '\uFFFF0000',
        '\\',
        'é',
        'e\u0301',
        'E',
      ]
      await store.transaction(async (tx) => {
        for (const id of ids) await tx.put('links', link(id, `of ${id}`))
      })
      for (const id of ids)
        expect(await store.transaction((tx) => tx.get('links', 'User->User', id))).toEqual(
          link(id, `of ${id}`),
        )
      expect(await store.transaction((tx) => tx.count('links'))).toBe(ids.length)
      await store.close()
    })

    it('scans by pages, also up to a value, while rows go', async () => {
      const store = await open()
      await store.transaction(async (tx) => {
        for (let i = 0; i < 25; i++) await tx.put('escrows', escrow(`id-${i}`, i))
      })
      const found: number[] = []
      for await (const rows of scanAll(store, 'escrows', { index: 'byAttempt', upTo: 20, limit: 4 })) {
        found.push(...rows.map(({ nextAttempt }) => nextAttempt))
        await store.transaction(async (tx) => {
          for (const { mapping, sourceId } of rows) await tx.remove('escrows', mapping, sourceId)
        })
      }
      expect(found).toEqual(Array.from({ length: 21 }, (_, i) => i))
      expect(await store.transaction((tx) => tx.count('escrows'))).toBe(4)
      await store.close()
    })
  })
}

/** Stores find the same rows in the same order. */
export const storesAgree = (stores: readonly (() => Promise<StateStore>)[]): void => {
  describe('stores agree', () => {
    const id = fc.constantFrom(
      'a',
      'b',
      'ab',
      '',
      'ü',
      '%',
      "'",
      '\0',
      '\uD800',
      '\uE000',
      '\uFFFF',
      '🙂',
      'a\uD83D',
    )
    const step = fc.oneof(
      fc.record({ op: fc.constant('put' as const), id, target: id }),
      fc.record({ op: fc.constant('remove' as const), id, target: id }),
      fc.record({ op: fc.constant('clear' as const), id, target: id }),
    )
    it('whatever is written', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 30 }),
          fc.integer({ min: 1, max: 5 }),
          async (steps, limit) => {
            const all = await Promise.all(stores.map((open) => open()))
            const results = []
            for (const store of all) {
              for (const { op, id: sourceId, target } of steps) {
                await store.transaction(async (tx) => {
                  if (op === 'put') await tx.put('links', link(sourceId, target))
                  else if (op === 'remove') await tx.remove('links', 'User->User', sourceId)
                  else await tx.clear('links', 'User->User', sourceId)
                })
              }
              const found: unknown[] = []
              for (const index of [{}, { index: 'byTarget' }, { index: 'bySource' }])
                for await (const rows of scanAll(store, 'links', { ...index, limit })) found.push(...rows)
              results.push(found)
              await store.close()
            }
            for (const other of results.slice(1)) expect(other).toEqual(results[0])
          },
        ),
        { numRuns: 20 },
      )
    })
  })
}
