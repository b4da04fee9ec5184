import { describe, expect, it } from 'vitest'
import { restartJob } from '../../src/provision/restart.js'
import type { TableName } from '../../src/state/tables.js'
import { JobRun, listing } from './job-run.js'
import { refused } from './memory-target.js'

const people = listing([{ id: '1', upn: 'ann', nick: 'Ann' }])

/** A job after a cycle, with rows of every kind that a restart may forget. */
const jobWithRows = async (): Promise<JobRun> => {
  const run = new JobRun()
  await run.cycle(people)
  await run.store.transaction(async (tx) => {
    const state = (await tx.get('job', 'job'))!
    const { epoch } = state
    const quarantine = {
      reason: 'TooManyDeletes',
      code: 'TooManyDeletes',
      message: 'many',
      since: 0,
      attempts: 1,
      nextAttempt: 1,
    }
    await tx.put('job', { ...state, quarantine, status: 'quarantine' })
    await tx.put('work', { mapping: 'User->User', sourceId: '1', change: null })
    await tx.put('chains', { chain: 0, epoch } as never)
    await tx.put('cycles', { key: 'cycle', epoch, phase: 'objects', remaining: 1 } as never)
    await tx.put('escrows', {
      mapping: 'User->User',
      sourceId: '9',
      phase: 'objects',
      code: 'Timeout',
      reason: 'late',
      firstFailure: 0,
      lastFailure: 0,
      attempts: 1,
      nextAttempt: 0,
    })
  })
  return run
}

const left = (run: JobRun): Promise<Readonly<Record<string, number>>> =>
  run.store.transaction(async (tx) => {
    const counts: Record<string, number> = {}
    for (const table of ['links', 'staged', 'escrows', 'work', 'chains', 'cycles'] as TableName[])
      counts[table] = await tx.count(table)
    return counts
  })

describe('a restart', () => {
  it('with Full leaves nothing, and matches everything again', async () => {
    const run = await jobWithRows()
    await restartJob(run.store, ['Full'])
    expect(await left(run)).toEqual({ links: 0, staged: 0, escrows: 0, work: 0, chains: 0, cycles: 0 })
    expect(await run.store.transaction((tx) => tx.get('job', 'job'))).toMatchObject({
      quarantine: null,
      status: 'active',
    })
    expect(await run.cycle(people)).toMatchObject({ counters: { create: 0, objects: 1 } })
    expect(run.target.objects.size).toBe(1)
  })

  it.each([
    ['Watermark', { links: 1, staged: 1, escrows: 1, work: 1, chains: 1, cycles: 1 }],
    ['ConnectorDataStore', { links: 0, staged: 0, escrows: 1, work: 1, chains: 1, cycles: 1 }],
    ['Escrows', { links: 1, staged: 1, escrows: 0, work: 1, chains: 1, cycles: 1 }],
    ['QuarantineState', { links: 1, staged: 1, escrows: 1, work: 1, chains: 1, cycles: 1 }],
  ] as const)('with %s forgets its own rows alone', async (scope, expected) => {
    const run = await jobWithRows()
    await restartJob(run.store, [scope])
    expect(await left(run)).toEqual(expected)
  })

  it('with Watermark evaluates everything again, and still removes what has gone in the meantime', async () => {
    const run = new JobRun()
    const [ann, bob] = [
      { id: '1', upn: 'ann', nick: 'Ann' },
      { id: '2', upn: 'bob', nick: 'Bob' },
    ]
    await run.cycle(listing([ann, bob]))
    await restartJob(run.store, ['Watermark'])
    const { counters } = await run.cycle(listing([ann]))
    expect(counters).toMatchObject({ skip: 1, delete: 1, unchanged: 0 })
    expect(Object.keys(run.target.named())).toEqual(['ann'])
  })

  it('with Watermark tries again what failed and is not due', async () => {
    const run = new JobRun()
    run.target.before = () => refused
    for (let cycle = 0; cycle < 3; cycle++) await run.cycle(people)
    run.target.before = undefined
    expect((await run.cycle(people)).counters).toMatchObject({ waiting: 1 })
    await restartJob(run.store, ['Watermark'])
    await run.cycle(people)
    expect(run.target.objects.size).toBe(1)
  })

  it('with Escrows stops the tries of what failed, until it changes', async () => {
    const run = new JobRun()
    run.target.before = () => refused
    await run.cycle(people)
    run.target.before = undefined
    await restartJob(run.store, ['Escrows'])
    await run.nextDay(people)
    expect(run.target.objects.size).toBe(0)
    await run.nextDay(listing([{ id: '1', upn: 'ann', nick: 'Annie' }]))
    expect(run.target.objects.size).toBe(1)
  })
})

describe('on demand', () => {
  it('tries an object that failed and is not due, and one that has not changed', async () => {
    const run = new JobRun()
    run.target.before = () => refused
    await run.cycle(people)
    await run.cycle(people)
    await run.cycle(people)
    run.target.before = undefined
    const only = { only: new Set(['1']) }
    expect((await run.cycle(people, only)).counters).toMatchObject({ create: 1, waiting: 0 })
    expect((await run.cycle(people, only)).counters).toMatchObject({ skip: 1, unchanged: 0 })
    expect((await run.log(5))[0]).toMatchObject({ errorCode: 'RedundantExport' })
  })

  it('changes nothing about the job: its quarantine, its allowed removals, its last success', async () => {
    const run = new JobRun()
    const two = listing([
      { id: '1', upn: 'ann', nick: 'Ann' },
      { id: '2', upn: 'bob', nick: 'Bob' },
    ])
    const threshold = { deleteThreshold: 1 }
    await run.cycle(two)
    const { lastSuccess } = (await run.store.transaction((tx) => tx.get('job', 'job')))!
    await run.nextDay(people, threshold)
    await run.cycle(people, { only: new Set(['1']) })
    const state = await run.store.transaction((tx) => tx.get('job', 'job'))
    expect(state).toMatchObject({
      status: 'quarantine',
      quarantine: { reason: 'TooManyDeletes' },
      lastSuccess,
    })
    await restartJob(run.store, ['ForceDeletes'])
    await run.cycle(people, { only: new Set(['1']) })
    expect((await run.cycle(people, threshold)).counters).toMatchObject({ delete: 1 })
  })
})
