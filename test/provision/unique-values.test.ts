import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../src/mapping/index.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { JobRun, listing, type Record_ } from './job-run.js'

/** Users matched by userName whose nickName and title must be unique. */
const mapping = () => {
  const schema = schemaOf(
    [
      { target: 'userName', expression: '[upn]' },
      {
        target: 'nickName',
        expression: 'SelectUniqueValue([nick], Append([nick], "2"), Append([nick], "3"))',
      },
      { target: 'title', expression: 'SelectUniqueValue([title], Append([title], "2"))' },
      { target: 'displayName', expression: '[name]' },
      { target: 'active', expression: 'Not([IsSoftDeleted])' },
    ],
    { object: 'User' },
  ) as { synchronizationRules: { objectMappings: { attributeMappings: { matchingPriority: number }[] }[] }[] }
  schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings[0]!.matchingPriority = 1
  return compileMapping(schema as never)
}

const definition = () => ({ mappings: [{ key: 'User->User', compiled: mapping() }] })

const user = (id: string, more: Readonly<Record<string, unknown>> = {}): Record_ => ({
  id,
  upn: `${id}@x`,
  nick: 'ada',
  title: `T ${id}`,
  name: id,
  ...more,
})

const nicknames = (run: JobRun): readonly unknown[] =>
  [...run.target.objects.values()].map((values) => values.get('nickName')).sort()

describe('SelectUniqueValue in a job', () => {
  it('gives no two objects one value, and none that the target has', async () => {
    const run = new JobRun()
    run.target.objects.set(
      't0',
      new Map([
        ['userName', 'other@x'],
        ['nickName', 'Ada'],
      ]),
    )
    const { counters } = await run.cycle(listing([user('a'), user('b'), user('c')]), definition())
    expect(counters).toMatchObject({ create: 2, failure: 1 })
    expect(nicknames(run)).toEqual(['Ada', 'ada2', 'ada3'])
    expect(await run.failures()).toEqual([expect.stringContaining('every candidate')])
  })

  it('leaves each object the value that it has', async () => {
    const run = new JobRun()
    const users = [user('a'), user('b')]
    await run.cycle(listing(users), definition())
    expect(nicknames(run)).toEqual(['ada', 'ada2'])
    const writes = run.target.writes.length
    const again = await run.cycle(
      listing(users.map((one) => ({ ...one, name: `${one.name}!` }))),
      definition(),
    )
    expect(again.counters).toMatchObject({ update: 2, failure: 0 })
    expect(run.target.writes.slice(writes).map(({ values }) => Object.keys(values ?? {}))).toEqual([
      ['displayName'],
      ['displayName'],
    ])
    expect(nicknames(run)).toEqual(['ada', 'ada2'])
  })

  it('keeps the value of who is disabled', async () => {
    const run = new JobRun()
    await run.cycle(listing([user('a'), user('b')]), definition())
    await run.cycle(listing([user('a'), user('b', { accountEnabled: false })]), definition())
    expect(nicknames(run)).toEqual(['ada', 'ada2'])
  })

  it('tries an object again when the target does not answer', async () => {
    const run = new JobRun()
    const { find } = run.target
    let fails = true
    run.target.find = async (kind, key) =>
      fails && key.attribute === 'nickName'
        ? { outcome: 'refused', code: 'UnprocessableEntity', reason: 'no filter by nickName' }
        : find.call(run.target, kind, key)
    expect((await run.cycle(listing([user('a')]), definition())).counters).toMatchObject({
      create: 0,
      failure: 1,
    })
    expect(await run.failures()).toEqual(['no filter by nickName'])
    fails = false
    run.clock += 3_600_000
    expect((await run.cycle(listing([user('a')]), definition())).counters).toMatchObject({
      create: 1,
      failure: 0,
    })
  })
})
