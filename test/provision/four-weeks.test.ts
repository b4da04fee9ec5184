import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/connect/answer.js'
import { noCounters } from '../../src/provision/context.js'
import { eventsOf } from '../../src/provision/events.js'
import { judgeFailures } from '../../src/provision/failures.js'
import { nextCycleAt } from '../../src/provision/schedule.js'
import { JobRun, listing } from './job-run.js'
import { refused } from './memory-target.js'

const HOUR = 3_600_000
const INTERVAL = 40 * 60_000

const ada = { id: '1', upn: 'ada@x', nick: 'a' }
const bo = { id: '2', upn: 'bo@x', nick: 'b' }

const stateOf = (run: JobRun) => run.store.transaction((tx) => tx.get('job', 'job'))

/** Runs the cycles of a time, each when it is due. Returns when each began, in hours. */
const simulate = async (run: JobRun, hours: number, cycle: () => Promise<unknown>): Promise<number[]> => {
  const begin = run.clock
  const times: number[] = []
  for (;;) {
    const at = nextCycleAt(await stateOf(run), INTERVAL, run.clock)
    if (at === null || at > begin + hours * HOUR) return times
    run.clock = at
    times.push((at - begin) / HOUR)
    await cycle()
  }
}

describe('four weeks', () => {
  it('of an object that always fails: it is tried after 40 minutes, 6, 12 and 24 hours, then every 24 hours', async () => {
    const run = new JobRun()
    const tried: number[] = []
    const begin = run.clock
    run.target.before = ({ values }) => {
      if (values?.userName !== 'ada@x') return undefined
      tried.push((run.clock - begin) / HOUR)
      return refused
    }
    let cycles = 0
    await simulate(run, 28 * 24, async () => {
      const { counters, quarantine } = await run.cycle(listing([ada, bo]))
      cycles++
      expect(quarantine).toBeNull()
      expect(counters.objects).toBe(2)
      expect(counters.failure + counters.waiting).toBe(1)
    })
    expect(cycles).toBe((28 * 24 * 60) / 40 + 1)
    const days = Array.from({ length: 28 }, (_, day) => (day + 1) * 24)
    expect(tried.map((hours) => Math.round(hours * 3) / 3)).toEqual([0, 2 / 3, 4 / 3, 6, 12, ...days])
    expect(run.target.writes.filter(({ values }) => values?.userName === 'bo@x')).toHaveLength(1)
  })

  it('of refused credentials: the job is tried after 6, 12 and 24 hours, then daily, and then disabled', async () => {
    const run = new JobRun()
    const no: Failure = { outcome: 'refused', code: 'Unauthorized', reason: '401', concerns: 'credentials' }
    run.target.probe = async () => no
    const times = await simulate(run, 60 * 24, () => run.cycle(listing([ada])))
    const days = Array.from({ length: 29 }, (_, day) => (day + 1) * 24)
    expect(times).toEqual([0, 6, 12, ...days])
    expect(await stateOf(run)).toMatchObject({ status: 'disabled' })
    expect(run.target.writes).toEqual([])
  })

  it('that end early, when one try succeeds', async () => {
    const run = new JobRun()
    const { probe } = run.target
    run.target.probe = async () => ({ outcome: 'refused', code: 'Unauthorized', reason: '401' })
    await simulate(run, 20, () => run.cycle(listing([ada])))
    run.target.probe = probe
    const times = await simulate(run, 15, () => run.cycle(listing([ada])))
    expect(await stateOf(run)).toMatchObject({ status: 'active', quarantine: null })
    expect(times.length).toBeGreaterThan(4)
    expect(Object.keys(run.target.named())).toEqual(['ada@x'])
  })
})

it('an operator hears of each cycle, and once of a quarantine, its other reason, its end, and the disabling', async () => {
  const run = new JobRun()
  const { probe } = run.target
  const no = (code: 'Unauthorized' | 'InvalidAnchor'): Failure => ({ outcome: 'refused', code, reason: code })
  const heard: string[] = []
  const cycle = async (more = {}): Promise<void> => {
    const before = (await stateOf(run))?.quarantine ?? null
    const report = await run.nextDay(listing(run.clock % 2 === 0 ? [ada] : []), more)
    for (const event of eventsOf(before, (await stateOf(run))!, report, run.clock)) {
      expect(event.attributes).toMatchObject({ 'attrflow.cycle.number': report.cycle })
      heard.push(event.eventName.replace('attrflow.job.', ''))
    }
  }
  await cycle()
  run.target.probe = async () => no('Unauthorized')
  await cycle()
  await cycle()
  run.target.probe = probe
  await cycle()
  expect(heard).toEqual(['cycle', 'cycle', 'quarantined', 'cycle', 'cycle', 'released'])
  heard.length = 0
  run.clock++
  await cycle({ deleteThreshold: 1 })
  run.target.probe = async () => no('InvalidAnchor')
  await cycle({ deleteThreshold: 1 })
  run.clock += 30 * 24 * HOUR
  await cycle({ deleteThreshold: 1 })
  expect(heard).toEqual(['cycle', 'quarantined', 'cycle', 'quarantined', 'cycle', 'disabled'])
})

describe('the share of failures', () => {
  const judged = (failure: number, fine: number, referenceFailure = 0): string | undefined => {
    try {
      judgeFailures({ ...noCounters, objects: failure + fine, create: fine, failure, referenceFailure })
    } catch (error) {
      return (error as { quarantine?: string }).quarantine
    }
    return undefined
  }

  it.each([
    ['45,000 failures', 45_000, 0, 0, 'EncounteredBaseEscrowThreshold'],
    ['30,000 failures of 35,000', 30_000, 5_000, 0, 'EncounteredEscrowProportionThreshold'],
    ['20,000 failures of 120,000', 20_000, 100_000, 0, undefined],
    ['4,000 failures of 4,000', 4_000, 0, 0, undefined],
    [
      '61,000 failed references and 1,000 failures',
      1_000,
      200_000,
      61_000,
      'EncounteredTotalEscrowThreshold',
    ],
    ['10,000 failed references of 10,000 objects', 0, 10_000, 10_000, undefined],
  ])('%s', (_title, failure, fine, references, reason) => {
    expect(judged(failure, fine, references)).toBe(reason)
  })
})
