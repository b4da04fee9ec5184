import { randomUUID } from 'node:crypto'
import { type AddressInfo, createServer } from 'node:net'
import fc from 'fast-check'
import { Client, Control } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done } from '../../src/connect/answer.js'
import { LdapTarget } from '../../src/connect/index.js'
import { containerOf, entryDn, escapeDnValue, sameDn } from '../../src/connect/ldap/dn.js'
import type { Source, SourceChange } from '../../src/connect/source.js'
import { compileMapping } from '../../src/mapping/index.js'
import { runCycle } from '../../src/provision/cycle.js'
import type { CycleReport } from '../../src/provision/job.js'
import { MemoryStore } from '../../src/state/index.js'
import { serversRequired } from '../support/server.js'
import type { Directory } from './directory.js'
import { slapdPath, startSlapd } from './slapd.js'

describe('a distinguished name', () => {
  it('keeps every value inside its component', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (value) => {
        const dn = entryDn('cn', value, 'ou=people,dc=example')
        expect(containerOf(dn)).toBe('ou=people,dc=example')
        expect(sameDn(dn, dn.toUpperCase())).toBe(dn.toLowerCase() === dn.toUpperCase().toLowerCase())
      }),
    )
  })

  it.each([
    ['a,b', 'a\\,b'],
    [' #x ', '\\ #x\\ '],
    [' ', '\\ '],
    ['  ', '\\ \\ '],
    ['x=y+z', 'x\\=y\\+z'],
    ['"q"\\', '\\"q\\"\\\\'],
    ['a\u0000b', 'a\\00b'],
  ])('%j becomes %s', (value, escaped) => {
    expect(escapeDnValue(value)).toBe(escaped)
  })
})

const names = ['uid', 'cn', 'sn', 'employeeNumber', 'title', 'parentDistinguishedName', 'manager'] as const
const base = 'dc=example,dc=org'

const mapping = compileMapping({
  synchronizationRules: [
    {
      sourceDirectoryName: 'HR',
      targetDirectoryName: 'OpenLDAP',
      objectMappings: [
        {
          sourceObjectName: 'Worker',
          targetObjectName: 'inetOrgPerson',
          attributeMappings: names.map((name) => ({
            targetAttributeName: name,
            matchingPriority: name === 'employeeNumber' ? 1 : 0,
            source:
              name === 'parentDistinguishedName'
                ? {
                    type: 'Function',
                    expression: `IIF([left] = "yes", "ou=leavers,${base}", "ou=people,${base}")`,
                  }
                : { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
          })),
        },
      ],
    },
  ],
})

interface Worker {
  readonly employeeNumber: string
  readonly [attribute: string]: string | undefined
}

const sourceOf = (workers: readonly Worker[]): Source => ({
  name: 'HR',
  reads: 'everything',
  missing: 'hardDeleted',
  probe: async () => done(undefined),
  read: async function* () {
    yield {
      changes: workers.map(
        (record): SourceChange => ({ type: 'changed', id: record.employeeNumber, record }),
      ),
    }
  },
  get: async () => done({}),
  close: async () => {},
})

describe.skipIf(slapdPath === undefined && !serversRequired)('a job against slapd', () => {
  let slapd: Directory
  let target: LdapTarget
  const store = new MemoryStore()

  beforeAll(async () => {
    slapd = await startSlapd()
    const { url, bindDn, password } = slapd
    target = new LdapTarget({
      url,
      bindDn,
      password,
      base,
      container: `ou=people,${base}`,
      mappings: new Map([['inetOrgPerson', mapping]]),
    })
  }, 30_000)
  afterAll(async () => {
    await target.close()
    await slapd.stop()
  })

  const cycle = (workers: readonly Worker[]): Promise<CycleReport> =>
    runCycle(
      { mappings: [{ key: 'Worker->inetOrgPerson', compiled: mapping }] },
      { store, source: sourceOf(workers), target, now: Date.now, sleep: async () => {}, uuid: randomUUID },
    )

  const entries = async (): Promise<Record<string, unknown>[]> => {
    const client = new Client({ url: slapd.url })
    await client.bind(slapd.bindDn, slapd.password)
    const { searchEntries } = await client.search(base, {
      filter: '(objectClass=inetOrgPerson)',
      attributes: ['uid', 'cn', 'sn', 'employeeNumber', 'title', 'manager'],
    })
    await client.unbind()
    return searchEntries.toSorted((a, b) => String(a.employeeNumber).localeCompare(String(b.employeeNumber)))
  }

  const ada: Worker = { employeeNumber: '1', uid: 'ada', cn: 'Ada Berg', sn: 'Berg', title: 'Head' }
  const evil = 'b,ou=x)(uid=*'
  const bea: Worker = { employeeNumber: '2', uid: evil, cn: 'Bea * (Smith)', sn: 'O\\Neil', manager: '1' }

  it('creates joiners with their manager by name, whatever is in their values', async () => {
    const { counters } = await cycle([ada, bea])
    expect(counters).toMatchObject({ create: 2, failure: 0, referenceFailure: 0 })
    expect(await entries()).toMatchObject([
      { dn: `uid=ada,ou=people,${base}`, title: 'Head' },
      { uid: evil, cn: 'Bea * (Smith)', sn: 'O\\Neil', manager: `uid=ada,ou=people,${base}` },
    ])
  })

  it('writes nothing in a second cycle', async () => {
    const { counters } = await cycle([ada, bea])
    expect(counters).toMatchObject({ create: 0, update: 0, failure: 0, unchanged: 2 })
  })

  it('renames, moves, changes and clears', async () => {
    const { counters } = await cycle([
      { ...ada, uid: 'ada.lind', sn: 'Lind', title: 'Boss' },
      { ...bea, left: 'yes' },
    ])
    expect(counters).toMatchObject({ update: 2, failure: 0 })
    const [first, second] = await entries()
    expect(first).toMatchObject({ dn: `uid=ada.lind,ou=people,${base}`, sn: 'Lind', title: 'Boss' })
    expect(String(second!.dn)).toContain(`,ou=leavers,${base}`)
  })

  it('links a rehire that is there already, and logs a name collision as the failure of that object', async () => {
    const client = new Client({ url: slapd.url })
    await client.bind(slapd.bindDn, slapd.password)
    await client.add(`uid=cid,ou=people,${base}`, {
      objectClass: ['inetOrgPerson'],
      uid: 'cid',
      cn: 'Cid',
      sn: 'Old',
      employeeNumber: '3',
    })
    await client.unbind()
    const cid: Worker = { employeeNumber: '3', uid: 'cid', cn: 'Cid', sn: 'New' }
    const twin: Worker = { employeeNumber: '4', uid: 'cid', cn: 'Twin', sn: 'Twin' }
    const { counters } = await cycle([
      { ...ada, uid: 'ada.lind', sn: 'Lind', title: 'Boss' },
      { ...bea, left: 'yes' },
      cid,
      twin,
    ])
    expect(counters).toMatchObject({ create: 0, update: 1, failure: 1 })
    const found = await entries()
    expect(found).toHaveLength(3)
    expect(found[2]).toMatchObject({ uid: 'cid', sn: 'New' })
  })

  it('says what it could not do: a wrong password, an unknown attribute, an entry that is gone', async () => {
    const { url, bindDn } = slapd
    const wrong = new LdapTarget({
      url,
      bindDn,
      password: 'no',
      base,
      mappings: new Map([['inetOrgPerson', mapping]]),
    })
    expect(await wrong.find('inetOrgPerson', { attribute: 'uid', value: 'a' })).toMatchObject({
      outcome: 'refused',
      concerns: 'credentials',
    })
    expect(await target.read('inetOrgPerson', randomUUID())).toMatchObject({ outcome: 'gone' })
    const nowhere = new LdapTarget({
      url: 'ldap://127.0.0.1:1',
      bindDn,
      password: 'x',
      base,
      mappings: new Map([['inetOrgPerson', mapping]]),
    })
    expect(await nowhere.find('inetOrgPerson', { attribute: 'uid', value: 'a' })).toMatchObject({
      outcome: 'retry',
    })
    const missing = await target.create('inetOrgPerson', new Map([['uid', 'x']]))
    expect(missing).toMatchObject({ outcome: 'refused', code: 'MandatoryFieldsMissing' })
  })

  it('leaves no reference out in silence when its entry is not there', async () => {
    const [found] = await entries()
    const answer = await target.find('inetOrgPerson', { attribute: 'uid', value: String(found!.uid) })
    const id = answer.outcome === 'done' ? answer.value[0]!.id : ''
    const values = new Map([['manager', randomUUID()]])
    expect(await target.update('inetOrgPerson', id, { before: new Map(), values })).toEqual({
      outcome: 'refused',
      code: 'InvalidAnchor',
      reason: 'manager: an entry that it refers to is not in the directory',
    })
    const members = { attribute: 'manager', add: [id, randomUUID()], remove: [randomUUID()] }
    expect(await target.changeMembers('inetOrgPerson', id, members)).toMatchObject({ outcome: 'refused' })
    // What could be added was added.
    expect((await entries())[0]).toMatchObject({ manager: found!.dn })
  })

  it('follows no referral: neither search nor write reaches the server that it names', async () => {
    let connections = 0
    const other = createServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as AddressInfo
    const client = new Client({ url: slapd.url })
    await client.bind(slapd.bindDn, slapd.password)
    const away = `ou=away,${base}`
    await client.add(away, {
      objectClass: ['referral', 'extensibleObject'],
      ou: 'away',
      ref: `ldap://127.0.0.1:${port}/${away}`,
    })
    // The search meets the referral, and finds the entries of this server.
    const found = await target.find('inetOrgPerson', { attribute: 'employeeNumber', value: '1' })
    expect(found.outcome === 'done' ? found.value : found).toHaveLength(1)
    const values = new Map([
      ['uid', 'lost'],
      ['cn', 'lost'],
      ['sn', 'lost'],
      ['parentDistinguishedName', away],
    ])
    expect(await target.create('inetOrgPerson', values)).toMatchObject({
      outcome: 'refused',
      code: 'NotImplemented',
    })
    expect(connections).toBe(0)
    await client.del(away, new Control('2.16.840.1.113730.3.4.2', { critical: true }))
    await client.unbind()
    await new Promise((done) => other.close(done))
  })

  it('removes who is gone, and a filter finds only what is meant', async () => {
    expect(await target.find('inetOrgPerson', { attribute: 'uid', value: '*' })).toEqual({
      outcome: 'done',
      value: [],
    })
    const { counters } = await cycle([{ ...ada, uid: 'ada.lind', sn: 'Lind', title: 'Boss' }])
    expect(counters.delete).toBe(2)
    expect(await entries()).toHaveLength(1)
  })
})
