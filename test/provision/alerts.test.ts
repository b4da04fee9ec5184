import { describe, expect, it } from 'vitest'
import { alertsOf, type CycleSummary, summarizeCycles } from '../../src/provision/alerts.js'
import { JobRun, listing, type Record_ } from './job-run.js'
import { refused } from './memory-target.js'

const quiet = (cycle: number): CycleSummary => ({
  cycle,
  at: 0,
  failures: 2,
  removals: 4,
  unresolvedMembers: 0,
})
const earlier = [1, 2, 3].map(quiet)
const kinds = (
  last: Partial<CycleSummary>,
  lastSuccess: number | null = 1000,
  now = 2000,
): readonly string[] =>
  alertsOf([...earlier, { ...quiet(4), ...last }], lastSuccess, now).map(({ kind }) => kind)

describe('alerts', () => {
  it.each<[Partial<CycleSummary>, readonly string[]]>([
    [{}, []],
    [{ failures: 6 }, []],
    [{ failures: 10 }, ['failureSpike']],
    [{ removals: 12 }, []],
    [{ removals: 13 }, ['removalSpike']],
    [{ unresolvedMembers: 1 }, ['unresolvedMembers']],
  ])('%j after quiet cycles: %j', (last, expected) => {
    expect(kinds(last)).toEqual(expected)
  })

  it('tell of silence', () => {
    expect(kinds({}, null)).toEqual(['noEvents'])
    expect(kinds({}, 0, 2 * 3_600_000)).toEqual([])
    expect(kinds({}, 0, 2 * 3_600_000 + 1)).toEqual(['noEvents'])
  })

  it('have nothing to compare a first cycle with', () => {
    expect(alertsOf([{ ...quiet(1), failures: 500 }], 1000, 2000)).toEqual([])
  })

  it('are counted from the log', async () => {
    const run = new JobRun()
    const people: readonly Record_[] = Array.from({ length: 20 }, (_, at) => ({
      id: `p${at}`,
      upn: `p${at}@x`,
    }))
    await run.cycle(listing(people))
    run.target.before = () => refused
    const { cycle } = await run.nextDay(listing(people.map((one) => ({ ...one, nick: 'n' }))))
    const [first, second] = await summarizeCycles(run.store, cycle)
    expect(first).toMatchObject({ cycle: 1, failures: 0 })
    expect(second).toMatchObject({ cycle: 2, failures: 20 })
    expect(alertsOf([first!, second!], run.clock, run.clock).map(({ kind }) => kind)).toEqual([
      'failureSpike',
    ])
  })
})
