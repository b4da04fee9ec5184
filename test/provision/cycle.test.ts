import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { done } from '../../src/connect/answer.js'
import { ScimTarget } from '../../src/connect/scim/scim-target.js'
import type { Source, SourceChange } from '../../src/connect/source.js'
import { compileMapping } from '../../src/mapping/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import type { CycleReport, JobDefinition } from '../../src/provision/job.js'
import { MemoryStore, type StateStore } from '../../src/state/index.js'
import { schemaOf } from '../plan/codegen/mapping-of.js'
import { ScimServer } from './scim-server.js'

const clause = { sourceOperandName: 'department', operatorName: 'IS NOT NULL', targetOperand: { values: [] } }

const userSchema = (): Record<string, unknown> => {
  const schema = schemaOf(
    [
      { target: 'userName', expression: '[upn]' },
      { target: 'displayName', expression: '[name]' },
      { target: 'active', expression: 'Not([IsSoftDeleted])' },
      {
        target: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
        expression: '[manager]',
      },
    ],
    { object: 'User', scope: { groups: [{ name: 'g', clauses: [clause] }] } },
  ) as {
    synchronizationRules: {
      targetDirectoryName: string
      objectMappings: { attributeMappings: { matchingPriority: number }[] }[]
    }[]
  }
  schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings[0]!.matchingPriority = 1
  return schema as never
}

type Person = Readonly<Record<string, unknown>> & { readonly id: string }

/** A source that lists everything there is. */
const sourceOf = (people: readonly Person[]): Source => ({
  name: 'test',
  reads: 'everything',
  missing: 'hardDeleted',
  probe: async () => done(undefined),
  read: async function* () {
    yield {
      changes: people.map((record): SourceChange => ({ type: 'changed', id: record.id, record })),
      watermark: 'w',
    }
  },
  get: async () => done({}),
  close: async () => {},
})

const server = new ScimServer()
let url = ''
let store: StateStore
let clock = 0

beforeEach(async () => {
  url = await server.start()
  store = new MemoryStore()
  clock = Date.parse('2026-01-01T00:00:00Z')
  server.received.length = 0
  server.resources.Users.clear()
  server.before = undefined
  server.after = undefined
})
afterEach(() => server.stop())

const mapping = compileMapping(userSchema())
const cycle = (people: readonly Person[], more: Partial<JobDefinition> = {}): Promise<CycleReport> =>
  runCycle(
    { mappings: [{ key: 'User->User', compiled: mapping }], ...more },
    {
      store,
      source: sourceOf(people),
      target: new ScimTarget({
        url,
        mappings: new Map([['User', mapping]]),
        requestTimeout: 2000,
        token: 'secret',
      }),
      now: () => clock,
      sleep: async (milliseconds) => {
        clock += milliseconds
      },
      uuid: randomUUID,
    },
  )

const writes = (): readonly string[] =>
  server.received.filter(({ method }) => method !== 'GET').map(({ method }) => method)
const users = (): readonly Record<string, unknown>[] => [...server.resources.Users.values()]
const people: readonly Person[] = [
  { id: '1', upn: 'ada@x', name: 'Ada', department: 'R' },
  { id: '2', upn: 'bo@x', name: 'Bo', department: 'R', manager: '1' },
  { id: '3', upn: 'cy@x', name: 'Cy' },
]

describe('a cycle', () => {
  it('creates who is in scope, then managers, and writes nothing the second time', async () => {
    const first = await cycle(people)
    expect(first).toMatchObject({
      kind: 'initial',
      quarantine: null,
      counters: { create: 2, skip: 1, failure: 0 },
    })
    expect(users()).toHaveLength(2)
    const [ada, bo] = ['ada@x', 'bo@x'].map((name) => users().find(({ userName }) => userName === name)!)
    expect(ada).toMatchObject({ userName: 'ada@x', displayName: 'Ada' })
    expect(JSON.stringify(bo)).toContain(`"${String(ada!.id)}"`)
    const before = writes().length
    expect(await cycle(people)).toMatchObject({ kind: 'incremental', counters: { unchanged: 3 } })
    expect(writes()).toHaveLength(before)
  })

  it('updates what changed alone, also after a rename, and links who is there already', async () => {
    server.resources.Users.set('old', { id: 'old', userName: 'ADA@x', displayName: 'Other' })
    await cycle(people.slice(0, 1))
    expect(users()).toEqual([expect.objectContaining({ id: 'old', displayName: 'Ada' })])
    server.received.length = 0
    await cycle([{ ...people[0]!, upn: 'ada.b@x' }])
    expect(users()).toEqual([expect.objectContaining({ id: 'old', userName: 'ada.b@x' })])
    expect(writes()).toEqual(['PATCH'])
    await cycle([{ ...people[0]!, upn: 'ada.b@x', name: 'Ada B' }])
    expect(users()).toEqual([expect.objectContaining({ id: 'old', displayName: 'Ada B' })])
  })

  it('disables who leaves the scope, and deletes who is gone', async () => {
    await cycle(people)
    const report = await cycle([{ ...people[0]!, department: null }])
    expect(report.counters).toMatchObject({ disable: 1, delete: 1 })
    expect(users()).toHaveLength(1)
    expect(String(users()[0]!.active)).toMatch(/false/i)
  })

  it('removes nobody when the threshold is reached, until it is allowed', async () => {
    await cycle(people)
    const held = await cycle([], { deleteThreshold: 2 })
    expect(held).toMatchObject({
      quarantine: { reason: 'TooManyDeletes' },
      counters: { staged: 2, delete: 0 },
    })
    expect(users()).toHaveLength(2)
    await store.transaction(async (tx) =>
      tx.put('job', { ...(await tx.get('job', 'job'))!, forceDeletes: true }),
    )
    expect((await cycle([], { deleteThreshold: 2 })).counters).toMatchObject({ delete: 2 })
    expect(users()).toEqual([])
  })

  it('goes on after one object that fails, and tries it again', async () => {
    server.before = ({ method, body }) =>
      method === 'POST' && JSON.stringify(body).includes('ada@x') ? 400 : undefined
    const first = await cycle(people.slice(0, 2))
    expect(first.counters).toMatchObject({ create: 1, failure: 1 })
    server.before = undefined
    clock += 3_600_000
    await cycle(people.slice(0, 2))
    expect(users()).toHaveLength(2)
  })

  it.each(['cut', 500] as const)(
    'creates nobody twice when a create is answered by %s after it took effect',
    async (how) => {
      server.after = ({ method }) => (method === 'POST' ? how : undefined)
      await cycle(people.slice(0, 1))
      server.after = undefined
      clock += 3_600_000
      await cycle(people.slice(0, 1))
      await cycle(people.slice(0, 1))
      expect(users()).toHaveLength(1)
      expect(writes().filter((method) => method === 'POST')).toHaveLength(1)
      const open = await store.transaction((tx) => tx.count('intents'))
      expect(open).toBe(0)
    },
  )

  it('is quarantined at once when the credentials are refused, and says so without the token', async () => {
    server.before = () => 401
    const report = await cycle(people)
    expect(report.quarantine).toMatchObject({
      reason: 'EncounteredQuarantineException',
      code: 'Unauthorized',
    })
    expect(JSON.stringify(report)).not.toContain('secret')
  })

  it('records every object it did something to', async () => {
    const { counters } = await cycle(people)
    const rows = await store.transaction((tx) => tx.scan('log', {}))
    expect(rows.rows.filter(({ action }) => action === 'create')).toHaveLength(counters.create)
    expect(rows.rows[0]!.summary).toMatchObject({
      provisioningAction: 'create',
      provisioningStatusInfo: { status: 'success' },
    })
    expect(rows.rows).toHaveLength(counters.create + counters.skip)
  })
})

/** Fails at the given effect and at all after it, as a process that was killed: no store and no request answers any more. */
const killedAt = (effect: number): { store: StateStore; fetch: typeof fetch; effects: () => number } => {
  let count = 0
  const live = (): void => {
    count++
    if (count >= effect) throw new Error('killed')
  }
  return {
    effects: () => count,
    fetch: async (...args) => {
      live()
      const response = await fetch(...args)
      // The request took effect; the answer never arrives.
      live()
      return response
    },
    store: {
      transaction: async (f) => {
        live()
        return store.transaction(f)
      },
      close: () => store.close(),
    },
  }
}

describe('a process that is killed', () => {
  it('creates nobody twice and loses no update, wherever that happens', async () => {
    const changed = people.map((one) => ({ ...one, name: `${String(one.name)} II` }))
    const crash = async (effect: number, whom: readonly Person[]): Promise<number> => {
      const killed = killedAt(effect)
      await runCycle(
        { mappings: [{ key: 'User->User', compiled: mapping }] },
        {
          store: killed.store,
          source: sourceOf(whom),
          target: new ScimTarget({
            url,
            mappings: new Map([['User', mapping]]),
            fetch: killed.fetch,
            concurrency: 1,
          }),
          now: () => clock,
          sleep: async (milliseconds) => {
            clock += milliseconds
          },
          uuid: randomUUID,
        },
      ).catch(() => undefined)
      return killed.effects()
    }
    let points = 0
    for (let effect = 1; effect < 200; effect++) {
      store = new MemoryStore()
      server.resources.Users.clear()
      server.received.length = 0
      const first = await crash(effect, people)
      clock += 3_600_000
      const second = await crash(effect, changed)
      for (let again = 0; again < 3; again++) {
        clock += 3_600_000
        await cycle(changed)
      }
      expect(
        users()
          .map(({ userName }) => userName)
          .sort(),
        `effect ${effect}`,
      ).toEqual(['ada@x', 'bo@x'])
      expect(
        users()
          .map(({ displayName }) => displayName)
          .sort(),
        `effect ${effect}`,
      ).toEqual(['Ada II', 'Bo II'])
      expect(await store.transaction((tx) => tx.count('intents'))).toBe(0)
      const settled = writes().length
      await cycle(changed)
      expect(writes()).toHaveLength(settled)
      points++
      if (first < effect && second < effect) break
    }
    expect(points).toBeGreaterThan(15)
  })
})
