import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { ScimTarget, type TargetProfile } from '../../src/connect/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import { findDrift } from '../../src/provision/drift.js'
import type { CycleReport } from '../../src/provision/job.js'
import { summaryIn } from '../../src/provision/log-record.js'
import { MemoryStore, scanAll } from '../../src/state/index.js'
import { expectAgreement } from '../provision/agreement.js'
import { listing, type Record_ } from '../provision/job-run.js'
import { matchedMapping } from '../provision/matched-mapping.js'

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const users = matchedMapping('User', [
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
const groups = matchedMapping('Group', [
  { target: 'displayName', expression: '[name]' },
  { target: 'members', expression: '[members]' },
])

export const person = (at: number, more: Readonly<Record<string, unknown>> = {}): Record_ => ({
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

export const team = (...ids: readonly string[]): readonly Record_[] => [
  { id: 'g', name: 'Team', members: ids },
]

type Shown = Readonly<Record<string, unknown>>

/** A server that a job is run against. */
export interface LivingServer {
  readonly url: string
  readonly token?: string
  readonly profile?: TargetProfile
  readonly requestTimeout?: number
  /** The users and the groups with members that it holds. Default: as it shows them. */
  readonly shown?: (kind: 'Users' | 'Groups') => readonly Shown[] | Promise<readonly Shown[]>
}

/** A job over a server, with its state and a clock of its own. */
export class Life {
  readonly store = new MemoryStore()
  readonly target: ScimTarget
  clock = Date.parse('2026-01-01T00:00:00Z')
  /** How many requests that write were sent. */
  writes = 0
  readonly #server: LivingServer
  readonly #job = {
    mappings: [
      { key: 'User->User', compiled: users },
      { key: 'Group->Group', compiled: groups },
    ],
  }

  constructor(server: LivingServer) {
    this.#server = server
    const { url, token, profile, requestTimeout } = server
    this.target = new ScimTarget({
      url,
      token,
      ...(profile === undefined ? {} : { profile }),
      ...(requestTimeout === undefined ? {} : { requestTimeout }),
      mappings: new Map([
        ['User', users],
        ['Group', groups],
      ]),
      fetch: (input, init) => {
        if (init?.method !== 'GET') this.writes++
        return fetch(input, init)
      },
    })
  }

  #world(people: readonly Record_[], teams: readonly Record_[]) {
    return {
      store: this.store,
      target: this.target,
      source: listing(people, teams),
      now: () => this.clock,
      sleep: async (milliseconds: number) => {
        this.clock += milliseconds
      },
      uuid: randomUUID,
    }
  }

  /** One cycle, a day after the last one. */
  async cycle(people: readonly Record_[], teams: readonly Record_[] = []): Promise<CycleReport> {
    this.clock += 25 * 3_600_000
    const report = await runCycle(this.#job, this.#world(people, teams))
    await expectAgreement(this.store, report)
    return report
  }

  /** Why objects failed in a cycle, or got a warning. */
  async reasons({ cycle }: CycleReport): Promise<readonly string[]> {
    const found: string[] = []
    for await (const rows of scanAll(this.store, 'log', { prefix: [cycle] }))
      for (const row of rows)
        if (row.sourceId !== '' && (row.status === 'failure' || row.status === 'warning'))
          found.push(summaryIn(row).provisioningStatusInfo.errorInformation?.reason ?? '')
    return found
  }

  /**
   * Cycles until nothing fails, and one more, which must write nothing.
   * @param patience how many cycles may be needed
   */
  async settle(
    people: readonly Record_[],
    teams: readonly Record_[] = [],
    patience = 1,
  ): Promise<CycleReport> {
    let report = await this.cycle(people, teams)
    const { counters } = report
    for (let more = 1; more < patience && (await this.reasons(report)).length > 0; more++)
      report = await this.cycle(people, teams)
    expect(await this.reasons(report)).toEqual([])
    expect(report).toMatchObject({ quarantine: null, failure: null })
    const sent = this.writes
    const second = await this.cycle(people, teams)
    expect(second.counters).toMatchObject({
      objects: people.length + teams.length,
      unchanged: people.length + teams.length,
      referenceFailure: 0,
    })
    expect(this.writes).toBe(sent)
    expect(await this.store.transaction((tx) => tx.count('intents'))).toBe(0)
    return { ...report, counters }
  }

  async drift(): Promise<readonly unknown[]> {
    const found: unknown[] = []
    for await (const one of findDrift(this.#job, this.#world([], []))) found.push(one)
    return found
  }

  /** What the server answers to a GET. */
  async #get(path: string): Promise<Shown> {
    const { url, token } = this.#server
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const response = await fetch(`${url}/${path}`, { headers })
    return (await response.json()) as Shown
  }

  async shown(kind: 'Users' | 'Groups'): Promise<readonly Shown[]> {
    const { shown } = this.#server
    if (shown !== undefined) return shown(kind)
    return ((await this.#get(kind)).Resources ?? []) as readonly Shown[]
  }

  async user(upn: string): Promise<Shown> {
    const all = await this.shown('Users')
    const [user, ...others] = all.filter(({ userName }) => String(userName).toLowerCase() === upn)
    expect(user, `${upn} among ${all.map(({ userName }) => userName).join()}`).toBeDefined()
    expect(others).toEqual([])
    return user!
  }

  /** The identifiers of the members of the only group. */
  async members(): Promise<readonly string[]> {
    const [group, ...others] = await this.shown('Groups')
    expect(others).toEqual([])
    const whole = this.#server.shown === undefined ? await this.#get(`Groups/${String(group!.id)}`) : group!
    return ((whole.members ?? []) as { value: string }[]).map(({ value }) => value)
  }
}

const isFalse = (value: unknown): boolean => String(value).toLowerCase() === 'false'

/** Joiner, change, rename, disable, return, members, manager, removal and deletion, each until nothing is left to do. */
export const wholeLife = async (life: Life, patience = 1): Promise<void> => {
  const settle = (people: readonly Record_[], teams: readonly Record_[]): Promise<CycleReport> =>
    life.settle(people, teams, patience)
  await settle([person(1), person(2), person(3)], team('u1', 'u2'))
  expect(await life.shown('Users')).toHaveLength(3)
  const { id } = await life.user('person1@example.com')
  const { [ENTERPRISE]: extension } = await life.user('person2@example.com')
  expect(JSON.stringify(extension).toLowerCase()).toContain(String(id).toLowerCase())
  expect(await life.members()).toHaveLength(2)

  const changed = person(1, { title: 'Lead', mobile: '+41 79 000 00 00', family: 'Other', nick: 'Q' })
  await settle([changed, person(2), person(3)], team('u1', 'u2'))
  expect(await life.user('person1@example.com')).toMatchObject({
    title: 'Lead',
    name: { familyName: 'Other' },
  })
  expect(JSON.stringify((await life.user('person1@example.com')).phoneNumbers)).toContain('+41 79 000 00 00')

  const renamed = { ...changed, upn: 'renamed@example.com', mail: 'renamed@example.com' }
  const others = [person(2, { boss: 'u3' }), person(3, { boss: 'u1' })]
  await settle([renamed, ...others], team('u2', 'u3'))
  expect(await life.user('renamed@example.com')).toMatchObject({ id })
  expect(await life.members()).toHaveLength(2)

  await settle([{ ...renamed, IsSoftDeleted: true }, ...others], team('u2', 'u3'))
  expect(isFalse((await life.user('renamed@example.com')).active)).toBe(true)
  await settle([renamed, ...others], team('u3'))
  expect(isFalse((await life.user('renamed@example.com')).active)).toBe(false)
  expect(await life.members()).toHaveLength(1)
  expect(await life.drift()).toEqual([])

  await settle([renamed], team())
  expect((await life.shown('Users')).map(({ userName }) => userName)).toEqual(['renamed@example.com'])
  await settle([], [])
  expect(await life.shown('Users')).toEqual([])
  expect(await life.shown('Groups')).toEqual([])
}
