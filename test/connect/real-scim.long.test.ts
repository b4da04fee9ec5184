import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { type ProbeReport, probeTarget, ScimTarget, type TargetProfile } from '../../src/connect/index.js'
import { compileMapping } from '../../src/mapping/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import { findDrift } from '../../src/provision/drift.js'
import type { CycleReport } from '../../src/provision/job.js'
import { MemoryStore } from '../../src/state/index.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { listing, type Record_ } from '../provision/job-run.js'
import { type NpmServer, startNpmServer } from './servers/npm-server.js'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const mappingOf = (
  object: string,
  attributes: readonly { readonly target: string; readonly expression: string }[],
) => {
  const schema = schemaOf(attributes as never, { object }) as {
    synchronizationRules: { objectMappings: { attributeMappings: { matchingPriority: number }[] }[] }[]
  }
  schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings[0]!.matchingPriority = 1
  return compileMapping(schema as never)
}

const users = mappingOf('User', [
  { target: 'userName', expression: '[upn]' },
  { target: 'active', expression: 'Not([IsSoftDeleted])' },
  { target: 'displayName', expression: '[name]' },
  { target: 'nickName', expression: '[nick]' },
  { target: 'title', expression: '[title]' },
  { target: 'name.givenName', expression: '[given]' },
  { target: 'name.familyName', expression: '[family]' },
  { target: 'emails[type eq "work"].value', expression: '[mail]' },
  { target: 'phoneNumbers[type eq "mobile"].value', expression: '[mobile]' },
  { target: `${ENTERPRISE}:department`, expression: '[department]' },
  { target: `${ENTERPRISE}:manager`, expression: '[boss]' },
])
const groups = mappingOf('Group', [
  { target: 'displayName', expression: '[name]' },
  { target: 'members', expression: '[members]' },
])

const person = (at: number, more: Readonly<Record<string, unknown>> = {}): Record_ => ({
  id: `u${at}`,
  upn: `person${at}@example.com`,
  name: `Person ${at}`,
  nick: `P${at}`,
  given: 'Person',
  family: `N${at}`,
  mail: `person${at}@example.com`,
  department: 'Probes',
  ...(at > 1 ? { boss: `u${at - 1}` } : {}),
  ...more,
})

const servers = [
  {
    name: 'scimmy',
    packages: ['scimmy@1.3.5', 'scimmy-routers@1.3.2', 'express@5.3.0'],
    found: { patch: { booleans: 'json', absentElement: 'whole' }, dropped: [] },
  },
  {
    name: 'better-auth',
    packages: [
      ...['better-auth@1.7.5', '@better-auth/core@1.7.5', '@better-auth/scim@1.7.5'],
      ...['@better-auth/utils@0.4.2', 'better-call@1.4.0'],
    ],
    found: { patch: { booleans: 'text', absentElement: 'path' }, refused: ['nickName'], dropped: [] },
  },
] as const

describe.each(servers)('$name', ({ name, packages, found }) => {
  let server: NpmServer | undefined
  let profile: TargetProfile
  const token = 'secret'
  afterAll(() => server?.stop())

  it('is probed, and left as it was', async () => {
    server = await startNpmServer(name, packages)
    const report: ProbeReport = await probeTarget({ url: server.url, token, mark: 'attrflow-probe' })
    profile = report.profile
    expect(report).toMatchObject({ complete: true, left: [], profile: found })
    expect(report.answers.filter(({ verdict }) => verdict === 'fault')).toEqual([])
    const again = await probeTarget({ url: server.url, token, mark: 'attrflow-again' })
    expect(again.profile).toEqual(profile)
  }, 120_000)

  it('takes a whole life: joiner, change, rename, disable, return, members, manager, removal', async () => {
    const { url } = server!
    const store = new MemoryStore()
    let clock = Date.parse('2026-01-01T00:00:00Z')
    let writes = 0
    const target = new ScimTarget({
      url,
      token,
      profile,
      mappings: new Map([
        ['User', users],
        ['Group', groups],
      ]),
      fetch: (input, init) => {
        if (init?.method !== 'GET') writes++
        return fetch(input, init)
      },
    })
    const job = {
      mappings: [
        { key: 'User->User', compiled: users },
        { key: 'Group->Group', compiled: groups },
      ],
    }
    const world = (people: readonly Record_[], teams: readonly Record_[]) => ({
      store,
      target,
      source: listing(people, teams),
      now: () => clock,
      sleep: async () => undefined,
      uuid: randomUUID,
    })
    /** A cycle, and a second one, which must write nothing. */
    const settle = async (people: readonly Record_[], teams: readonly Record_[]): Promise<CycleReport> => {
      clock += 25 * 3_600_000
      const report = await runCycle(job, world(people, teams))
      const log = await store.transaction((tx) => tx.scan('log', { prefix: [report.cycle] }))
      expect(log.rows.filter(({ status }) => status === 'failure').map(({ summary }) => summary)).toEqual([])
      expect(report).toMatchObject({
        quarantine: null,
        failure: null,
        counters: { failure: 0, referenceFailure: 0 },
      })
      const sent = writes
      clock += 25 * 3_600_000
      const second = await runCycle(job, world(people, teams))
      expect(second.counters).toMatchObject({ objects: people.length + teams.length, failure: 0 })
      expect(writes).toBe(sent)
      return report
    }
    const shown = async (path: string): Promise<readonly Record<string, unknown>[]> => {
      const response = await fetch(`${url}/${path}`, { headers: { authorization: `Bearer ${token}` } })
      return ((await response.json()) as { Resources?: Record<string, unknown>[] }).Resources ?? []
    }
    const one = async (upn: string): Promise<Record<string, unknown>> => {
      const all = await shown('Users')
      const user = all.find(({ userName }) => userName === upn)
      expect(user, upn).toBeDefined()
      return user!
    }
    const members = async (): Promise<number> => {
      const [group] = await shown('Groups')
      const response = await fetch(`${url}/Groups/${String(group!.id)}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return (((await response.json()) as { members?: unknown[] }).members ?? []).length
    }
    const team = (...ids: readonly string[]): readonly Record_[] => [{ id: 'g', name: 'Team', members: ids }]

    const first = await settle([person(1), person(2), person(3)], team('u1', 'u2'))
    expect(first.counters).toMatchObject({ create: 4 })
    expect(JSON.stringify((await one('person2@example.com'))[ENTERPRISE])).toContain(
      String((await one('person1@example.com')).id),
    )
    expect(await members()).toBe(2)

    const { id } = await one('person1@example.com')
    const changed = person(1, { title: 'Lead', mobile: '+41 79 000 00 00', family: 'Other', nick: 'Q' })
    await settle([changed, person(2), person(3)], team('u1', 'u2'))
    expect(await one('person1@example.com')).toMatchObject({ title: 'Lead', name: { familyName: 'Other' } })
    expect(JSON.stringify((await one('person1@example.com')).phoneNumbers)).toContain('+41 79 000 00 00')

    const renamed = { ...changed, upn: 'renamed@example.com', mail: 'renamed@example.com' }
    await settle([renamed, person(2, { boss: 'u3' }), person(3, { boss: 'u1' })], team('u2', 'u3'))
    expect(await one('renamed@example.com')).toMatchObject({ id })
    expect(await members()).toBe(2)

    const away = { ...renamed, IsSoftDeleted: true }
    await settle([away, person(2, { boss: 'u3' }), person(3, { boss: 'u1' })], team('u2', 'u3'))
    expect((await one('renamed@example.com')).active).toBe(false)
    await settle([renamed, person(2, { boss: 'u3' }), person(3, { boss: 'u1' })], team('u3'))
    expect((await one('renamed@example.com')).active).toBe(true)
    expect(await members()).toBe(1)

    for await (const drift of findDrift(job, world([], []))) expect(drift).toBeUndefined()

    const last = await settle([renamed], team())
    expect(last.counters).toMatchObject({ delete: 2 })
    expect((await shown('Users')).map(({ userName }) => userName)).toEqual(['renamed@example.com'])
    await settle([], [])
    expect(await shown('Users')).toEqual([])
    expect(await store.transaction((tx) => tx.count('intents'))).toBe(0)
  }, 120_000)
})
