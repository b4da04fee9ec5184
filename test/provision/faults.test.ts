import { describe, expect, it } from 'vitest'
import { done } from '../../src/connect/answer.js'
import type { SourceChange } from '../../src/connect/source.js'
import type { CycleReport } from '../../src/provision/job.js'
import { restartJob } from '../../src/provision/restart.js'
import { nextCycleAt } from '../../src/provision/schedule.js'
import { changing, JobRun, listing, type Record_ } from './job-run.js'
import { refused, retry, unknown } from './memory-target.js'

const ada: Record_ = { id: '1', upn: 'ada@x', nick: 'a' }
const bo: Record_ = { id: '2', upn: 'bo@x', nick: 'b' }
const changed = (record: Record_): SourceChange => ({ type: 'changed', id: record.id, record })
const names = (run: JobRun): readonly string[] => Object.keys(run.target.named()).sort()
const methods = (run: JobRun): readonly string[] => run.target.writes.map(({ method }) => method)

describe('a request that the target did not carry out', () => {
  it('is sent again: a disable that was put off, from a source that tells only changes', async () => {
    const run = new JobRun()
    await run.cycle(changing(() => ({ changes: [changed(ada)], watermark: 'a' })))
    run.target.before = ({ method }) => (method === 'update' ? retry() : undefined)
    const gone: SourceChange = { type: 'removed', id: '1', reason: 'softDeleted' }
    const first = await run.nextDay(changing(() => ({ changes: [gone], watermark: 'b' })))
    expect(first.counters).toMatchObject({ failure: 1, disable: 0 })
    run.target.before = undefined
    const nothing = changing(() => ({ changes: [], watermark: 'c' }))
    expect((await run.nextDay(nothing)).counters).toMatchObject({ disable: 1 })
    expect(run.target.named()['ada@x']).toMatchObject({ active: false })
    const settled = run.target.writes.length
    await run.nextDay(nothing)
    expect(run.target.writes).toHaveLength(settled)
  })

  it('is sent again: a delete that was refused', async () => {
    const run = new JobRun()
    await run.cycle(listing([ada]))
    run.target.before = ({ method }) => (method === 'remove' ? refused : undefined)
    expect((await run.cycle(listing([]))).counters).toMatchObject({ failure: 1 })
    expect((await run.log(2))[0]).toMatchObject({ action: 'delete', status: 'failure' })
    run.target.before = undefined
    await run.nextDay(listing([]))
    expect(names(run)).toEqual([])
    expect(await run.count('escrows')).toBe(0)
  })

  it('waits as long as the target asks, in the same cycle where that is short', async () => {
    const run = new JobRun()
    let answers = 2
    run.target.before = () => (answers-- > 0 ? retry(5000) : undefined)
    const start = run.clock
    expect((await run.cycle(listing([ada]))).counters).toMatchObject({ create: 1, failure: 0 })
    expect(run.clock - start).toBe(10_000)
    run.target.before = () => retry(2 * 3_600_000)
    await run.cycle(listing([{ ...ada, nick: 'x' }]))
    run.target.before = undefined
    run.clock += 3_600_000
    expect((await run.cycle(listing([{ ...ada, nick: 'x' }]))).counters).toMatchObject({ waiting: 1 })
    run.clock += 3_600_000
    expect((await run.cycle(listing([{ ...ada, nick: 'x' }]))).counters).toMatchObject({ update: 1 })
  })

  it('does not end the cycle when one object may not be written', async () => {
    const run = new JobRun()
    run.target.before = ({ values }) =>
      values?.userName === 'ada@x'
        ? { outcome: 'refused', code: 'InsufficientRights', reason: 'answered 403', concerns: 'credentials' }
        : undefined
    const report = await run.cycle(listing([ada, bo]))
    expect(report).toMatchObject({ quarantine: null, counters: { create: 1, failure: 1 } })
  })
})

describe('an object that makes the program throw', () => {
  const throwing = (name: string): Record_ =>
    Object.defineProperty({ ...ada, id: '3', upn: 'cy@x' }, name, {
      enumerable: true,
      get: () => {
        throw new TypeError('cannot read the secret hunter2')
      },
    }) as Record_

  it('is an error of that object, without its values', async () => {
    const run = new JobRun()
    // Of a record no mapping reads `other`, so only storing it throws.
    const report = await run.cycle(listing([ada, throwing('other'), bo]))
    expect(report).toMatchObject({ failure: null, counters: { create: 2, failure: 1 } })
    run.target.before = ({ values }) => {
      if (values?.nickName === 'z') throw new TypeError('cannot send the secret hunter2')
      return undefined
    }
    expect((await run.nextDay(listing([ada, { ...bo, nick: 'z' }]))).counters).toMatchObject({ failure: 1 })
    const log = await run.log()
    expect(log.filter(({ status }) => status === 'failure')).toHaveLength(2)
    expect(JSON.stringify(log)).not.toContain('hunter2')
    expect(await run.failures()).toEqual([
      expect.stringMatching(/^This object failed unexpectedly: TypeError at/),
    ])
  })
})

describe('a request whose outcome is not known', () => {
  it('is not sent twice when it took effect, also where the target drops an attribute', async () => {
    const run = new JobRun()
    run.target.drops = ['nickName']
    await run.cycle(listing([ada]))
    run.target.after = ({ method }) => (method === 'update' ? unknown : undefined)
    const renamed = listing([{ ...ada, upn: 'ada2@x', nick: 'z' }])
    await run.nextDay(renamed)
    run.target.after = undefined
    await run.nextDay(renamed)
    await run.nextDay(renamed)
    expect(methods(run)).toEqual(['create', 'update'])
    expect(await run.count('intents')).toBe(0)
    // What the target is known to drop is no reason to send a change of it again either.
    run.target.after = ({ method }) => (method === 'update' ? unknown : undefined)
    const again = listing([{ ...ada, upn: 'ada2@x', nick: 'y' }])
    await run.nextDay(again)
    run.target.after = undefined
    await run.nextDay(again)
    expect(methods(run)).toEqual(['create', 'update', 'update'])
  })

  it('is sent again when it did not take effect', async () => {
    const run = new JobRun()
    await run.cycle(listing([ada]))
    run.target.before = ({ method }) => (method === 'update' ? unknown : undefined)
    const source = listing([{ ...ada, nick: 'z' }])
    await run.nextDay(source)
    run.target.before = undefined
    const report = await run.nextDay(source)
    expect(report.counters).toMatchObject({ update: 1, recovered: 0 })
    expect(run.target.named()['ada@x']).toMatchObject({ nickName: 'z' })
  })

  it.each(['create', 'update', 'remove', 'members'] as const)(
    'is looked for in the target: %s',
    async (method) => {
      const run = new JobRun()
      const team = { id: 'g', name: 'Team', members: ['1'] }
      if (method !== 'create') await run.cycle(listing([ada], [{ ...team, members: [] }]))
      run.target.after = (write) => (write.method === method ? unknown : undefined)
      const source = method === 'remove' ? listing([], [team]) : listing([{ ...ada, nick: 'q' }], [team])
      await run.nextDay(source)
      run.target.after = undefined
      const report = await run.nextDay(source)
      expect(report.counters.recovered).toBe(method === 'create' ? 2 : 1)
      await run.nextDay(source)
      const sent = methods(run)
      expect(sent.filter((one) => one === method)).toHaveLength(method === 'create' ? 2 : 1)
      expect(await run.count('intents')).toBe(0)
      expect(await run.count('escrows')).toBe(0)
      if (method !== 'remove')
        expect([...run.target.members.values()].map((all) => [...all])).toEqual([['t1']])
    },
  )
})

describe('an object that is to be removed', () => {
  const held = async (run: JobRun, source = listing([])): Promise<CycleReport> => {
    await run.cycle(listing([ada, bo]))
    return run.nextDay(source, { deleteThreshold: 2 })
  }

  it('stays when it is back before it was removed', async () => {
    const run = new JobRun()
    expect((await held(run)).quarantine).toMatchObject({ reason: 'TooManyDeletes' })
    await run.nextDay(listing([ada, bo]), { deleteThreshold: 2 })
    await restartJob(run.store, ['ForceDeletes'])
    await run.nextDay(listing([ada, bo]), { deleteThreshold: 2 })
    expect(names(run)).toEqual(['ada@x', 'bo@x'])
    expect(await run.count('pending')).toBe(0)
  })

  it('stays when it is in scope again', async () => {
    const run = new JobRun()
    const left = listing([ada, bo].map((one) => ({ ...one, left: '2026-01-01' })))
    expect((await held(run, left)).counters).toMatchObject({ staged: 2 })
    await run.nextDay(listing([ada, bo]), { deleteThreshold: 2 })
    await restartJob(run.store, ['ForceDeletes'])
    await run.nextDay(listing([ada, bo]), { deleteThreshold: 2 })
    expect(run.target.named()).toMatchObject({ 'ada@x': { active: true }, 'bo@x': { active: true } })
  })

  it('is not created when it failed and is gone from the source', async () => {
    const run = new JobRun()
    run.target.before = () => refused
    await run.cycle(changing(() => ({ changes: [changed(ada)] })))
    run.target.before = undefined
    await run.nextDay(changing(() => ({ changes: [{ type: 'removed', id: '1', reason: 'hardDeleted' }] })))
    await run.nextDay(changing(() => ({ changes: [] })))
    expect(names(run)).toEqual([])
  })

  it('is disabled once, and a later change of it counts as no removal', async () => {
    const run = new JobRun()
    await run.cycle(listing([ada, bo]))
    const disabled = (nick: string): ReturnType<typeof listing> =>
      listing([ada, bo].map((one) => ({ ...one, nick, accountEnabled: false, IsSoftDeleted: true })))
    expect((await run.nextDay(disabled('n'))).counters).toMatchObject({ disable: 2 })
    const later = await run.nextDay(disabled('m'), { deleteThreshold: 2 })
    expect(later).toMatchObject({ quarantine: null, counters: { update: 2, disable: 0 } })
    const sent = run.target.writes.length
    const missing = { ...listing([]), missing: 'softDeleted' as const }
    await run.nextDay(missing)
    await run.nextDay(missing, { deleteThreshold: 1 })
    expect(run.target.writes).toHaveLength(sent)
  })
})

describe('two objects of the source', () => {
  it('with one matching value become one object, and the second is an error', async () => {
    const run = new JobRun()
    const twin = { ...bo, upn: 'ADA@x' }
    const report = await run.cycle(listing([ada, twin]))
    expect(report.counters).toMatchObject({ create: 1, failure: 1 })
    expect((await run.log()).find(({ sourceId }) => sourceId === '2')).toMatchObject({
      errorCode: 'DuplicateSourceEntries',
    })
    expect(run.target.objects.size).toBe(1)
  })

  it('with one identifier in one page are settled one after the other', async () => {
    const run = new JobRun()
    await run.cycle(
      changing(() => ({ changes: [changed(ada), changed({ ...ada, nick: 'z' })] })),
      {},
      { repeats: true },
    )
    expect(methods(run)).toEqual(['create', 'update'])
    expect(run.target.named()['ada@x']).toMatchObject({ nickName: 'z' })
  })

  it('may be one person who returned: the account is taken over, and not removed afterwards', async () => {
    const run = new JobRun()
    await run.cycle(listing([ada]))
    const missing = { ...listing([]), missing: 'softDeleted' as const }
    await run.nextDay(missing)
    expect(run.target.named()['ada@x']).toMatchObject({ active: false })
    await run.nextDay({ ...listing([{ ...ada, id: '9' }]), missing: 'softDeleted' as const })
    expect(run.target.named()['ada@x']).toMatchObject({ active: true })
    await run.nextDay(changing(() => ({ changes: [{ type: 'removed', id: '1', reason: 'hardDeleted' }] })))
    expect(names(run)).toEqual(['ada@x'])
  })
})

describe('a source of changes', () => {
  it('may tell only the attributes that changed', async () => {
    const run = new JobRun()
    await run.cycle(changing(() => ({ changes: [changed(ada)] })))
    const part = (record: Record_): SourceChange => ({
      type: 'changed',
      id: record.id,
      record,
      partial: true,
    })
    await run.cycle(changing(() => ({ changes: [part({ id: '1', nick: 'z' })] })))
    expect(run.target.named()['ada@x']).toMatchObject({ nickName: 'z' })
    await run.cycle(
      changing(
        () => ({ changes: [part({ id: '2', nick: 'z' })] }),
        async (_kind, id) => done({ ...bo, id, nick: 'z' }),
      ),
    )
    expect(run.target.named()['bo@x']).toMatchObject({ nickName: 'z' })
  })

  it('is read anew when it no longer knows the watermark; who is not listed is asked for', async () => {
    const run = new JobRun()
    await run.cycle(changing(() => ({ changes: [changed(ada), changed(bo)], watermark: 'old' })))
    const source = changing((since) =>
      since === undefined
        ? { changes: [changed({ ...ada, nick: 'z' })], watermark: 'new' }
        : { changes: [], failure: { outcome: 'gone', code: 'InvalidAnchor', reason: 'resync' } },
    )
    await run.cycle(source)
    expect(names(run)).toEqual(['ada@x'])
    expect(run.target.named()['ada@x']).toMatchObject({ nickName: 'z' })
  })
})

describe('the log', () => {
  it('has one record of each object and cycle, with everything that was done', async () => {
    const run = new JobRun()
    const report = await run.cycle(listing([ada, { ...bo, boss: '1' }, { id: '3', upn: 'cy@x', boss: '7' }]))
    expect(report.counters).toMatchObject({ objects: 3, create: 3, references: 1, referenceFailure: 1 })
    const log = await run.log()
    expect(log.map(({ sourceId, action, status }) => [sourceId, action, status])).toEqual([
      ['1', 'create', 'success'],
      ['2', 'create', 'success'],
      ['3', 'create', 'warning'],
    ])
    expect(log[1]!.graph.modifiedProperties.map(({ displayName }) => displayName)).toContain('manager')
    const next = await run.cycle(listing([{ ...ada, nick: 'z' }, bo, { id: '3', upn: 'cy@x', boss: '7' }]))
    const { graph } = (await run.log(next.cycle)).find(({ sourceId }) => sourceId === '1')!
    expect(graph.modifiedProperties).toEqual([{ displayName: 'nickName', oldValue: 'a', newValue: 'z' }])
  })

  it('and the state never hold a redacted value, and it is not sent again', async () => {
    const run = new JobRun()
    await run.cycle(listing([{ ...ada, secret: 'hunter2' }]))
    expect(run.target.named()['ada@x']).toMatchObject({ password: 'hunter2' })
    await run.cycle(listing([{ ...ada, nick: 'z', secret: 'hunter2' }]))
    expect(run.target.writes.at(-1)!.values).toEqual({ nickName: 'z' })
    expect(JSON.stringify(await run.log())).not.toContain('hunter2')
    const links = await run.store.transaction((tx) => tx.scan('links'))
    expect(JSON.stringify(links)).not.toContain('hunter2')
  })
})

describe('members', () => {
  it('who failed are added when they are there', async () => {
    const run = new JobRun()
    const team = { id: 'g', name: 'Team', members: ['1', '2'] }
    run.target.before = ({ values }) => (values?.userName === 'bo@x' ? refused : undefined)
    await run.cycle(listing([ada, bo], [team]))
    run.target.before = undefined
    await run.nextDay(listing([ada, bo], [team]))
    expect([...run.target.members.values()].map((all) => all.size)).toEqual([2])
    expect(await run.count('pending')).toBe(0)
  })
})

describe('a group', () => {
  it('loses its last member, but none because the source does not name its members', async () => {
    const run = new JobRun()
    const team = { id: 'g', name: 'Team' }
    const has = (): unknown => [...run.target.members.values()].map((all) => all.size)
    await run.cycle(listing([ada], [{ ...team, members: ['1'] }]))
    await run.cycle(listing([ada], [{ ...team, name: 'Other' }]))
    expect(has()).toEqual([1])
    await run.cycle(listing([ada], [{ ...team, members: [] }]))
    expect(has()).toEqual([0])
  })
})

describe('a run', () => {
  it('stops when another one has taken the job over', async () => {
    const run = new JobRun()
    let other: Promise<CycleReport> | undefined
    run.target.before = ({ values }) => {
      if (values?.userName === 'ada@x') other ??= run.cycle(listing([bo]))
      return undefined
    }
    const many = Array.from({ length: 40 }, (_, at) => ({ id: `m${at}`, upn: `m${at}@x` }))
    const report = await run.cycle(listing([ada, ...many]))
    expect((await other)!.failure).toBeNull()
    expect(report.failure).toMatchObject({ code: 'JobTakenOver' })
    const created = run.target.writes.flatMap(({ method, values }) =>
      method === 'create' ? [values?.userName] : [],
    )
    expect(new Set(created).size).toBe(created.length)
  })

  it('is quarantined when more than 40 % of 5,000 failures and more failed, and disabled after four weeks', async () => {
    const run = new JobRun()
    const people = (count: number): readonly Record_[] =>
      Array.from({ length: count }, (_, at) => ({ id: `p${at}`, upn: `p${at}@x` }))
    run.target.before = ({ values }) =>
      Number(/\d+/.exec(String(values?.userName))![0]) < 5200 ? refused : undefined
    const broken = await run.cycle(listing(people(10_000)))
    expect(broken.quarantine).toMatchObject({ reason: 'EncounteredEscrowProportionThreshold', attempts: 1 })
    expect(broken.counters.failure).toBeLessThan(5200)
    const state = (): Promise<string | undefined> =>
      run.store.transaction(async (tx) => (await tx.get('job', 'job'))?.status)
    expect(await state()).toBe('quarantine')
    const next = (): Promise<number | null> =>
      run.store.transaction(async (tx) => nextCycleAt(await tx.get('job', 'job'), 40 * 60_000, run.clock))
    run.target.probe = async () => ({
      outcome: 'refused',
      code: 'Unauthorized',
      reason: '401',
      concerns: 'credentials',
    })
    let cycles = 0
    const begin = run.clock
    for (let at = await next(); at !== null; at = await next()) {
      run.clock = at
      await run.cycle(listing([]))
      cycles++
    }
    expect(await state()).toBe('disabled')
    expect((run.clock - begin) / 86_400_000).toBeGreaterThan(28)
    expect(cycles).toBeLessThanOrEqual(31)
  })
})

describe('drift', () => {
  it('is what other hands changed, not what the target drops', async () => {
    const run = new JobRun()
    run.target.drops = ['nickName']
    await run.cycle(listing([{ ...ada, secret: 'hunter2' }]))
    expect(await run.drift()).toEqual([])
    run.target.objects.get('t1')!.set('userName', 'other@x')
    run.target.objects.get('t1')!.set('password', 'changed')
    run.target.drops = []
    const [found] = await run.drift({ repair: true })
    const [repaired] = (await run.log()).filter(({ action }) => action === 'update')
    expect(repaired).toMatchObject({
      status: 'success',
      graph: { modifiedProperties: [{ displayName: 'userName', oldValue: 'other@x', newValue: 'ada@x' }] },
    })
    expect(await run.count('intents')).toBe(0)
    expect(found!.values).toEqual([
      { attribute: 'userName', sent: 'ada@x', found: 'other@x' },
      { attribute: 'password', sent: '[Redact]', found: '[Redact]' },
    ])
    // A redacted value is not known any more; the rest is as it was sent.
    expect(run.target.named()['ada@x']).toMatchObject({ password: 'changed' })
  })
})
