import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  estimateScale,
  LocalScheduler,
  localBudget,
  runWorker,
  type ScaleInput,
} from '../../src/distribute/index.js'
import { KeyedQueue } from '../../src/provision/keyed-queue.js'
import { MemoryStore } from '../../src/state/index.js'
import { listing, userMapping } from '../provision/job-run.js'
import { MemoryTarget } from '../provision/memory-target.js'
import { scaleTable } from './scale-table.js'

const LATENCY = 100
const CONCURRENCY = 4
const RATE = 100
const COUNT = 320

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/** A target that answers after a while of the virtual clock, and notes when each request came. */
class SlowTarget extends MemoryTarget {
  readonly times: number[] = []

  async #answer<T>(answer: () => Promise<T>): Promise<T> {
    this.times.push(Date.now())
    await sleep(LATENCY)
    return answer()
  }

  override find(...args: Parameters<MemoryTarget['find']>): ReturnType<MemoryTarget['find']> {
    return this.#answer(() => super.find(...args))
  }

  override create(...args: Parameters<MemoryTarget['create']>): ReturnType<MemoryTarget['create']> {
    return this.#answer(() => super.create(...args))
  }
}

/** Requests a second of the virtual clock that workers send together in an initial cycle. */
const requestsPerSecond = async (workers: number, rate?: number): Promise<number> => {
  const target = new SlowTarget()
  const world = {
    store: new MemoryStore(),
    source: listing(Array.from({ length: COUNT }, (_, i) => ({ id: `u${i}`, upn: `u${i}@x` }))),
    target,
    now: Date.now,
    sleep,
    uuid: randomUUID,
  }
  const shared = {
    job: { mappings: [{ key: 'User->User', compiled: userMapping() }] },
    scheduler: new LocalScheduler(),
    world,
  }
  const options = {
    interval: 'once',
    concurrency: CONCURRENCY,
    idle: 10,
    matching: new KeyedQueue(),
    ...(rate === undefined ? {} : { admit: localBudget(rate, Date.now, sleep) }),
  } as const
  let ended = false
  const all = Promise.all(Array.from({ length: workers }, () => runWorker(shared, options))).finally(() => {
    ended = true
  })
  while (!ended) await vi.advanceTimersByTimeAsync(10)
  await all
  expect(target.objects.size).toBe(COUNT)
  return (target.times.length * 1000) / (target.times.at(-1)! - target.times[0]!)
}

const input = (workers: number, rate?: number): ScaleInput => ({
  objects: COUNT,
  requests: 2,
  workers,
  concurrency: CONCURRENCY,
  latency: LATENCY,
  ...(rate === undefined ? {} : { rate }),
  state: 0,
  cpu: 1,
  database: 1_000_000,
})

describe('workers on a virtual clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([
    [1, undefined],
    [2, undefined],
    [4, undefined],
    [1, RATE],
    [4, RATE],
    [8, RATE],
  ])('%i with a rate of %s send what the model says', async (workers, rate) => {
    const found = await requestsPerSecond(workers, rate)
    const expected = 2 * estimateScale(input(workers, rate)).objectsPerSecond
    expect(found / expected).toBeGreaterThan(0.8)
    expect(found / expected).toBeLessThan(1.1)
  })

  it('get faster with each worker until the budget of the target is used up, and no faster', async () => {
    const found: number[] = []
    for (const workers of [1, 2, 4, 8]) found.push(await requestsPerSecond(workers, RATE))
    const [one, two, four, eight] = found as [number, number, number, number]
    expect(two / one).toBeGreaterThan(1.7)
    expect(four).toBeGreaterThan(two)
    for (const full of [four, eight]) {
      expect(full).toBeGreaterThan(0.9 * RATE)
      expect(full).toBeLessThan(1.05 * RATE)
    }
  })
})

describe('the model of a cycle', () => {
  it.each([
    ['latency', {}],
    ['rate', { rate: 30 }],
    ['cpu', { cpu: 200 }],
    ['database', { database: 5 }],
  ] as const)('names %s as what holds it up', (limit, more) => {
    expect(estimateScale({ ...input(1), ...more }).limit).toBe(limit)
  })

  it('gives the table of the documentation', () => {
    const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')
    expect(page).toContain(scaleTable().join('\n'))
  })

  it('has no more objects under way than there are partitions', () => {
    const many = estimateScale(input(100)).objectsPerSecond
    expect(estimateScale(input(16)).objectsPerSecond).toBe(many)
    expect(estimateScale(input(15)).objectsPerSecond).toBeLessThan(many)
  })
})
