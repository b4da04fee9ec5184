import { describe, expect, it } from 'vitest'
import { JobRun, listing } from './job-run.js'

const ann = { id: '1', upn: 'ann', nick: 'Ann', boss: '2' }
const bob = { id: '2', upn: 'bob', nick: 'Bob' }
const team = { id: 'g', name: 'Team', members: ['1', '2'] }

describe('attributes that a target does not keep', () => {
  it('are said once in the report and once in the log, and never sent where they are refused', async () => {
    const run = new JobRun()
    run.target.can({ refused: ['nickName', 'members', 'other'], dropped: ['manager'] })
    const report = await run.cycle(listing([ann, bob], [team]))
    expect(report.leftOut).toEqual([
      { mapping: 'User->User', refused: ['nickName'], dropped: ['manager'] },
      { mapping: 'Group->Group', refused: ['members'], dropped: [] },
    ])
    expect(
      (await run.log(1)).filter(({ errorCode }) => errorCode === 'SchemaAttributeNotFound'),
    ).toHaveLength(2)
    expect(run.target.writes.map(({ method }) => method).sort()).toEqual([
      'create',
      'create',
      'create',
      'update',
    ])
    expect(run.target.writes.some(({ values = {} }) => Object.hasOwn(values, 'nickName'))).toBe(false)
    const { graph } = (await run.log(1)).find(({ sourceId }) => sourceId === '2')!
    expect(graph.modifiedProperties.map(({ displayName }) => displayName)).not.toContain('nickName')
    const second = await run.cycle(listing([{ ...ann, nick: 'Annie' }, bob], [team]))
    expect(second).toMatchObject({ kind: 'incremental', counters: { update: 0, skip: 1 } })
    expect(await run.log(2)).toMatchObject([{ sourceId: '1', errorCode: 'RedundantExport' }])
  })

  it('are sent when the target has learned to take them', async () => {
    const run = new JobRun()
    const people = listing([ann, bob], [team])
    run.target.can({ refused: ['nickName', 'members'] })
    await run.cycle(people)
    run.target.can({ refused: [] })
    const report = await run.cycle(people)
    expect(report).toMatchObject({ kind: 'initial', leftOut: [] })
    expect(run.target.writes.filter(({ values }) => values?.nickName === 'Ann')).toHaveLength(1)
    expect([...run.target.members.values()].map(({ size }) => size)).toEqual([2])
  })
})

describe('a member whose user the target refuses', () => {
  it('is not sent with the group until the user is there', async () => {
    const run = new JobRun()
    run.target.before = ({ method, values }) =>
      method === 'create' && values?.userName === 'bob'
        ? { outcome: 'refused', code: 'UnprocessableEntity', reason: 'no bob' }
        : undefined
    await run.cycle(listing([{ ...ann, boss: null }, bob], [team]))
    expect([...run.target.members.values()].map(({ size }) => size)).toEqual([1])
    run.target.before = undefined
    await run.nextDay(listing([{ ...ann, boss: null }, bob], [team]))
    expect([...run.target.members.values()].map(({ size }) => size)).toEqual([2])
  })
})
