import { randomUUID } from 'node:crypto'
import { Attribute, Change, Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done } from '../../src/connect/answer.js'
import { LdapSource, LdapTarget } from '../../src/connect/index.js'
import type { Source, SourceChange } from '../../src/connect/source.js'
import { type CompiledObjectMapping, compileMapping } from '../../src/mapping/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import type { CycleReport } from '../../src/provision/job.js'
import { MemoryStore } from '../../src/state/index.js'
import type { Value } from '../../src/values/value.js'
import { serversRequired } from '../support/server.js'
import type { Directory } from './directory.js'
import { sambaPath, startSamba } from './samba.js'

const base = 'DC=ad,DC=example,DC=org'

const mappingOf = (): CompiledObjectMapping => {
  const direct = (target: string, name: string): object => ({
    targetAttributeName: target,
    matchingPriority: target === 'employeeID' ? 1 : 0,
    source: { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
  })
  const computed = (target: string, expression: string): object => ({
    targetAttributeName: target,
    source: { type: 'Function', expression },
  })
  return compileMapping({
    synchronizationRules: [
      {
        sourceDirectoryName: 'HR',
        targetDirectoryName: 'Active Directory',
        objectMappings: [
          {
            sourceObjectName: 'Worker',
            targetObjectName: 'user',
            attributeMappings: [
              direct('employeeID', 'number'),
              direct('cn', 'name'),
              direct('sAMAccountName', 'login'),
              computed('userPrincipalName', 'Join("", [login], "@ad.example.org")'),
              direct('title', 'title'),
              direct('manager', 'manager'),
              computed('accountDisabled', 'Switch([active], "True", "1", "False")'),
              { ...computed('unicodePwd', 'Redact("Passw0rd-Passw0rd")'), flowType: 'ObjectAddOnly' },
              computed('parentDistinguishedName', `Join("", "CN=Users,${base}")`),
            ],
          },
        ],
      },
    ],
  })
}

interface Worker {
  readonly number: string
  readonly [attribute: string]: string
}

describe.skipIf(sambaPath === undefined && !serversRequired)('a job against Active Directory', () => {
  let samba: Directory
  let target: LdapTarget
  const mapping = mappingOf()
  const store = new MemoryStore()

  beforeAll(async () => {
    samba = await startSamba()
    const { url, bindDn, password } = samba
    target = new LdapTarget({
      url,
      bindDn,
      password,
      base,
      activeDirectory: true,
      trustAnyCertificate: true,
      mappings: new Map([['user', mapping]]),
    })
  }, 120_000)
  afterAll(async () => {
    await target?.close()
    await samba?.stop()
  })

  const cycle = (workers: readonly Worker[]): Promise<CycleReport> => {
    const source: Source = {
      name: 'HR',
      reads: 'everything',
      missing: 'hardDeleted',
      probe: async () => done(undefined),
      read: async function* () {
        yield {
          changes: workers.map((record): SourceChange => ({ type: 'changed', id: record.number, record })),
        }
      },
      get: async () => done({}),
      close: async () => {},
    }
    return runCycle(
      { mappings: [{ key: 'Worker->user', compiled: mapping }] },
      { store, source, target, now: Date.now, sleep: async () => {}, uuid: randomUUID },
    )
  }

  const users = async (): Promise<Record<string, unknown>[]> => {
    const client = new Client({ url: samba.url, tlsOptions: { rejectUnauthorized: false } })
    await client.bind(samba.bindDn, samba.password)
    const { searchEntries } = await client.search(base, {
      filter: '(employeeID=*)',
      attributes: ['employeeID', 'cn', 'sAMAccountName', 'userAccountControl', 'manager', 'title'],
    })
    await client.unbind()
    return searchEntries.toSorted((a, b) => String(a.employeeID).localeCompare(String(b.employeeID)))
  }

  const ada: Worker = { number: '1', name: 'Ada Berg', login: 'ada', title: 'Head', active: '1' }
  const bea: Worker = {
    number: '2',
    name: 'Böa, Ö #2',
    login: 'bea',
    title: 'Dev',
    manager: '1',
    active: '1',
  }

  it('takes joiners, enabled and with a password, and their manager', async () => {
    const { counters } = await cycle([ada, bea])
    expect(counters).toMatchObject({ create: 2, failure: 0, referenceFailure: 0 })
    const [first, second] = await users()
    expect(first).toMatchObject({ userAccountControl: '512', title: 'Head' })
    expect(second).toMatchObject({ cn: 'Böa, Ö #2', manager: `CN=Ada Berg,CN=Users,${base}` })
    expect((await cycle([ada, bea])).counters).toMatchObject({ create: 0, update: 0, failure: 0 })
  }, 60_000)

  it('enables an account with its password, after it is added', async () => {
    const { url, bindDn, password } = samba
    const late = new LdapTarget({
      ...{ url, bindDn, password, base, activeDirectory: true, trustAnyCertificate: true },
      passwordAfterAdd: true,
      mappings: new Map([['user', mapping]]),
    })
    expect(late.abilities.afterCreate).toEqual(['accountDisabled', 'unicodePwd'])
    const values = new Map<string, Value>([
      ['employeeID', '9'],
      ['cn', 'Nia Late'],
      ['sAMAccountName', 'nia'],
      ['userPrincipalName', 'nia@ad.example.org'],
      ['parentDistinguishedName', `CN=Users,${base}`],
    ])
    const added = await late.create('user', values)
    if (added.outcome !== 'done') throw new Error(added.reason)
    const control = async (): Promise<unknown> =>
      (await users()).find(({ employeeID }) => employeeID === '9')?.userAccountControl
    expect(await control()).toBe('514')
    const update = (secret: string) =>
      late.update('user', added.value.id, {
        before: new Map(),
        values: new Map<string, Value>([
          ['accountDisabled', false],
          ['unicodePwd', secret],
        ]),
      })
    expect(await update('a')).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('the password policy'),
    })
    expect(await control()).toBe('514')
    expect(await update('Passw0rd-Passw0rd')).toMatchObject({ outcome: 'done' })
    expect(await control()).toBe('512')
    const client = new Client({ url, tlsOptions: { rejectUnauthorized: false } })
    await client.bind('nia@ad.example.org', 'Passw0rd-Passw0rd')
    await client.unbind()
    expect(await late.remove('user', added.value.id)).toMatchObject({ outcome: 'done' })
    await late.close()
  }, 60_000)

  it('takes a mover, a rename and a leaver', async () => {
    const { counters } = await cycle([
      { ...ada, name: 'Ada Lind', title: 'Boss' },
      { ...bea, active: '0' },
    ])
    expect(counters).toMatchObject({ update: 2, failure: 0 })
    const [first, second] = await users()
    expect(first).toMatchObject({ cn: 'Ada Lind', title: 'Boss' })
    expect(second).toMatchObject({ userAccountControl: '514', manager: `CN=Ada Lind,CN=Users,${base}` })
  }, 60_000)

  it('takes a rehire back, and logs a login that is taken as the failure of that object', async () => {
    const twin: Worker = { number: '3', name: 'Twin', login: 'ada', title: 'Dev', active: '1' }
    const { counters } = await cycle([{ ...ada, name: 'Ada Lind', title: 'Boss' }, bea, twin])
    expect(counters).toMatchObject({ update: 1, failure: 1 })
    expect((await users())[1]).toMatchObject({ userAccountControl: '512' })
    expect((await cycle([{ ...ada, name: 'Ada Lind', title: 'Boss' }])).counters.delete).toBe(1)
  }, 60_000)

  it('is a source, too: what changed is found by its numbers, deleted objects included', async () => {
    const { url, bindDn, password } = samba
    const source = new LdapSource({
      url,
      bindDn,
      password,
      base: `CN=Users,${base}`,
      activeDirectory: true,
      trustAnyCertificate: true,
      changes: 'usn',
      objects: { User: { objectClass: 'user' } },
      attributes: () => ['sAMAccountName', 'title', 'manager', 'objectGUID'],
    })
    const read = async (since?: string) => {
      const changes: SourceChange[] = []
      let watermark: string | undefined
      for await (const page of source.read('User', since)) {
        expect(page.failure).toBeUndefined()
        changes.push(...page.changes)
        watermark = page.watermark ?? watermark
      }
      const named = (login: string) =>
        changes.find(
          (one) => one.type === 'changed' && (one.record as Record<string, unknown>).sAMAccountName === login,
        )
      return { changes, watermark, named }
    }
    const client = new Client({ url, tlsOptions: { rejectUnauthorized: false } })
    await client.bind(bindDn, password)
    const add = (login: string, more: object = {}): Promise<void> =>
      client.add(`CN=${login},CN=Users,${base}`, { objectClass: 'user', sAMAccountName: login, ...more })
    await add('dora')
    await add('emil', { manager: `CN=dora,CN=Users,${base}` })
    const all = await read()
    const dora = all.named('dora')!
    expect(all.named('emil')).toMatchObject({ record: { manager: dora.type === 'changed' ? dora.id : '' } })
    expect((await read(all.watermark)).changes).toEqual([])
    await client.modify(
      `CN=emil,CN=Users,${base}`,
      new Change({ operation: 'replace', modification: new Attribute({ type: 'title', values: ['Chef'] }) }),
    )
    await client.del(`CN=dora,CN=Users,${base}`)
    const next = await read(all.watermark)
    expect(next.named('emil')).toMatchObject({ record: { title: 'Chef' } })
    expect(next.changes.filter(({ type }) => type === 'removed')).toEqual([
      { type: 'removed', id: dora.type === 'changed' ? dora.id : '', reason: 'hardDeleted' },
    ])
    for await (const page of source.read('User', JSON.stringify({ server: 'another', usn: '1' })))
      expect(page.failure).toMatchObject({ outcome: 'gone' })
    await client.unbind()
    await source.close()
  }, 60_000)
})
