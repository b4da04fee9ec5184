import { describe, expect, it } from 'vitest'
import { MemoryStore, type StateStore, scanAll } from '../../src/state/index.js'
import { type TableName, tables } from '../../src/state/tables.js'
import { changing, JobRun, listing, type Record_ } from './job-run.js'

const people: readonly Record_[] = Array.from({ length: 300 }, (_, i) => ({
  id: `${i}`,
  upn: `u${i}`,
  nick: `U${i}`,
  ...(i === 0 ? {} : { boss: '0' }),
}))

const everythingIn = async (store: StateStore): Promise<string> => {
  const found: unknown[] = []
  for (const table of Object.keys(tables) as TableName[])
    for await (const rows of scanAll(store, table)) found.push(...rows)
  return JSON.stringify(found)
}

describe('a plan', () => {
  it('names what the cycle then does, and changes neither state nor target', async () => {
    const run = new JobRun()
    await run.cycle(listing(people))
    run.clock += 60_000
    const next = listing([
      { ...people[0]!, nick: 'Changed' },
      ...people.slice(2),
      { id: 'new', upn: 'new', boss: '0' },
    ])
    const before = [await everythingIn(run.store), JSON.stringify([...run.target.objects])]
    const plan = await run.plan(next, new MemoryStore())
    expect([await everythingIn(run.store), JSON.stringify([...run.target.objects])]).toEqual(before)
    expect(plan.changes.map(({ action, sourceId }) => [action, sourceId])).toEqual([
      ['update', '0'],
      ['create', 'new'],
      ['update', 'new'],
      ['delete', '1'],
    ])
    const report = await run.cycle(next)
    expect(report.counters).toMatchObject({ create: 1, delete: 1, failure: 0 })
    expect(report.counters).toEqual(plan.counters)
    expect((await run.plan(next, new MemoryStore())).changes).toEqual([])
  })

  it('keeps the rows that its cycle writes, and no copy of the state', async () => {
    const run = new JobRun()
    await run.cycle(
      changing(() => ({
        changes: people.map((record) => ({ type: 'changed', id: record.id, record })),
        watermark: 'a',
      })),
    )
    const scratch = new MemoryStore()
    const changed = { ...people[5]!, nick: 'Changed' }
    const plan = await run.plan(
      changing(() => ({ changes: [{ type: 'changed', id: '5', record: changed }], watermark: 'b' })),
      scratch,
    )
    expect(plan.changes).toMatchObject([{ action: 'update', sourceId: '5' }])
    expect(await run.store.transaction((tx) => tx.count('links'))).toBe(300)
    expect(await scratch.transaction((tx) => tx.count('links'))).toBe(1)
  })
})
