import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Source } from '../../src/connect/source.js'
import { LocalScheduler, runWorker, type WorkerOptions } from '../../src/distribute/index.js'
import type { CycleReport, JobDefinition } from '../../src/provision/job.js'
import { KeyedQueue } from '../../src/provision/keyed-queue.js'
import { MemoryStore, type StateStore } from '../../src/state/index.js'
import { groupMapping, listing, type Record_, userMapping } from '../provision/job-run.js'
import { MemoryTarget } from '../provision/memory-target.js'

const mappings = [
  { key: 'User->User', compiled: userMapping() },
  { key: 'Group->Group', compiled: groupMapping() },
]

/** Workers in this process that share one job. */
const share = () => {
  const target = new MemoryTarget()
  target.can({ requestTimeout: 20 })
  const store = new MemoryStore()
  const scheduler = new LocalScheduler()
  const matching = new KeyedQueue()
  const reports: CycleReport[] = []
  const work = (
    source: Source,
    more: Partial<JobDefinition> = {},
    through: StateStore = store,
    options: Partial<WorkerOptions> = {},
  ): Promise<void> =>
    runWorker(
      {
        job: { mappings, ...more },
        scheduler,
        world: {
          store: through,
          source,
          target,
          now: Date.now,
          sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
          uuid: randomUUID,
        },
      },
      {
        interval: 'once',
        concurrency: 4,
        idle: 2,
        lostAfter: 200,
        lease: 60,
        objects: 5,
        matching,
        told: (event) => {
          if (!(event instanceof Error)) reports.push(event)
        },
        ...options,
      },
    )
  return { target, store, reports, work }
}

const users = (count: number, more: Record<string, unknown> = {}): readonly Record_[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `u${i}`,
    upn: `u${i}@x`,
    boss: i === 0 ? null : `u${i - 1}`,
    ...more,
  }))

it('shares a cycle: each object once, references after objects, removals last', async () => {
  const { target, reports, work } = share()
  const everyone = listing(users(150), [{ id: 'g', name: 'All', members: ['u1', 'u2'] }])
  await Promise.all([work(everyone), work(everyone)])
  expect(reports).toHaveLength(1)
  expect(reports[0]).toMatchObject({ kind: 'initial', quarantine: null, failure: null })
  expect(reports[0]!.counters).toMatchObject({ objects: 151, create: 151, failure: 0 })
  const methods = target.writes.map(({ method }) => method)
  expect(methods.lastIndexOf('create')).toBeLessThan(methods.indexOf('update'))
  expect(target.objects.size).toBe(151)

  target.writes.length = 0
  const fewer = listing(users(120, { nick: 'n' }), [{ id: 'g', name: 'All', members: ['u2'] }])
  await Promise.all([work(fewer), work(fewer), work(fewer)])
  const later = target.writes.map(({ method }) => method)
  expect(later.filter((method) => method === 'remove')).toHaveLength(30)
  expect(later.indexOf('remove')).toBeGreaterThan(later.lastIndexOf('update'))
  expect(later.indexOf('remove')).toBeGreaterThan(later.lastIndexOf('members'))
  expect(reports[1]!.counters).toMatchObject({ update: 120, delete: 30 })
})

it.each([1, 2, 3])('has as many requests under way as there are workers: %i', async (workers) => {
  const { target, work } = share()
  let underWay = 0
  let most = 0
  let admitted = 0
  let writes = 0
  const waiting: (() => void)[] = []
  const create = target.create.bind(target)
  // The first requests are answered only when every worker has sent one.
  target.create = async (...parameters) => {
    most = Math.max(most, ++underWay)
    writes++
    if (most < workers) await new Promise<void>((answer) => waiting.push(answer))
    for (const answer of waiting.splice(0)) answer()
    await new Promise((answer) => setTimeout(answer, 1))
    underWay--
    return create(...parameters)
  }
  const admit = async (): Promise<void> => void admitted++
  const everyone = listing(users(40, { boss: null }))
  const one = () => work(everyone, {}, undefined, { concurrency: 1, lease: 10_000, lostAfter: 10_000, admit })
  await Promise.all(Array.from({ length: workers }, one))
  expect(most).toBe(workers)
  expect(writes).toBe(40)
  // All of them ask the one budget before each request.
  expect(admitted).toBeGreaterThanOrEqual(40)
})

it('decides by the threshold before the first removal', async () => {
  const { target, reports, work } = share()
  await work(listing(users(60)))
  await work(listing(users(20)), { deleteThreshold: 40 })
  expect(reports[1]).toMatchObject({ quarantine: { reason: 'TooManyDeletes' }, counters: { staged: 40 } })
  expect(target.objects.size).toBe(60)
})

it('breaks off when the source cannot be read, and begins anew', async () => {
  const { target, reports, work } = share()
  const failure = { outcome: 'retry', code: 'InternalError', reason: 'away' } as const
  await work({ ...listing([]), probe: async () => failure })
  expect(reports[0]).toMatchObject({ failure: { code: 'InternalError' } })
  await work(listing(users(10)))
  expect(target.objects.size).toBe(10)
})

it('loses and doubles nothing, whenever workers die', async () => {
  let seed = 20261127
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 4294967296
  }
  const { target, store, work } = share()
  const everyone = listing(users(120))
  let deaths = 0
  for (let round = 0; round < 12; round++) {
    let left = 20 + Math.floor(random() * 200)
    const dying: StateStore = {
      transaction: (f) => {
        if (left-- <= 0) throw new Error('killed')
        return store.transaction(f)
      },
      close: async () => {},
    }
    await work(everyone, {}, dying).catch(() => {
      deaths++
    })
  }
  await work(everyone)
  expect(deaths).toBeGreaterThan(3)
  expect(target.objects.size).toBe(120)
  expect(target.writes.filter(({ method }) => method === 'create')).toHaveLength(120)
  const left = await store.transaction(async (tx) => [await tx.count('intents'), await tx.count('work')])
  expect(left).toEqual([0, 0])
  const alone = [...target.objects.values()].filter((values) => !values.get('manager'))
  expect(alone.map((values) => values.get('userName'))).toEqual(['u0@x'])
})
