import { afterEach, describe, expect, it } from 'vitest'
import { LdapSource, LdapTarget } from '../../src/connect/index.js'
import { compileMapping } from '../../src/mapping/index.js'
import { type LdapRequest, type LyingAnswer, type SentEntry, startLyingDirectory } from './lying-directory.js'

const base = 'dc=example,dc=org'
const ID = '0a1b2c3d-0000-0000-0000-000000000001'
const mapping = compileMapping({
  synchronizationRules: [
    {
      sourceDirectoryName: 'HR',
      targetDirectoryName: 'LDAP',
      objectMappings: [
        {
          sourceObjectName: 'Worker',
          targetObjectName: 'inetOrgPerson',
          attributeMappings: ['uid', 'sn', 'title', 'member', 'userCertificate'].map((name) => ({
            targetAttributeName: name,
            matchingPriority: name === 'uid' ? 1 : 0,
            source: { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
          })),
        },
      ],
    },
  ],
})

const ada: SentEntry = {
  dn: `uid=ada,ou=people,${base}`,
  attributes: {
    objectClass: ['inetOrgPerson'],
    uid: ['ada'],
    sn: ['Berg'],
    title: ['Head'],
    entryUUID: [ID],
  },
}
const like = (more: Partial<SentEntry>): SentEntry => ({
  dn: more.dn ?? ada.dn,
  attributes: { ...ada.attributes, ...more.attributes },
})

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const directory = async (answer: (request: LdapRequest, count: number) => LyingAnswer) => {
  let count = 0
  const server = await startLyingDirectory((request) => answer(request, ++count))
  const options = { url: server.url, bindDn: 'cn=x', password: 'x', base }
  const target = new LdapTarget({ ...options, mappings: new Map([['inetOrgPerson', mapping]]) })
  const source = new LdapSource({
    ...options,
    objects: { User: { objectClass: 'inetOrgPerson' } },
    attributes: () => ['uid', 'sn', 'member', 'userCertificate'],
  })
  ends.push(
    () => target.close(),
    () => source.close(),
    () => server.stop(),
  )
  const writes = (): readonly string[] =>
    server.received
      .map(({ operation }) => operation)
      .filter((operation) => !['bind', 'search'].includes(operation))
  return { target, source, writes, received: server.received }
}
const finding = { attribute: 'uid', value: 'ada' }
const change = { before: new Map(), values: new Map([['title', 'Boss']]) }
const broken = { outcome: 'refused', code: 'SystemForCrossDomainIdentityManagementServiceIncompatible' }

describe('a directory that lies', () => {
  it('finds entries outside the base: the job stops, and nothing is written', async () => {
    const { target, writes } = await directory(() => ({ entries: [like({ dn: 'uid=ada,dc=other' })] }))
    expect(await target.find('inetOrgPerson', finding)).toMatchObject({ ...broken, concerns: 'compliance' })
    expect(await target.update('inetOrgPerson', ID, change)).toMatchObject({
      ...broken,
      concerns: 'compliance',
    })
    expect(await target.remove('inetOrgPerson', ID)).toMatchObject(broken)
    expect(writes()).toEqual([])
  })

  it('finds another entry than the one that was asked for, or more', async () => {
    const other = like({
      dn: `uid=bo,${base}`,
      attributes: { uid: ['bo'], entryUUID: [ID.replace(/1$/, '2')] },
    })
    const { target, writes } = await directory(() => ({ entries: [other] }))
    expect(await target.find('inetOrgPerson', finding)).toMatchObject(broken)
    expect(await target.update('inetOrgPerson', ID, change)).toMatchObject({
      ...broken,
      concerns: 'compliance',
    })
    expect(await target.remove('inetOrgPerson', ID)).toMatchObject(broken)
    expect(writes()).toEqual([])
    const both = await directory(() => ({ entries: [ada, other] }))
    expect(await both.target.remove('inetOrgPerson', ID)).toMatchObject(broken)
    expect(both.writes()).toEqual([])
  })

  it('returns names of attributes in another case, and values in parts', async () => {
    const members = (from: number, to: number): string[] =>
      Array.from({ length: to - from + 1 }, (_, at) => `uid=m${from + at},${base}`)
    const { source, target } = await directory(({ scope, dn, attributes }) => {
      if (scope === 'base' && dn.toLowerCase() !== ada.dn)
        return { entries: [{ dn, attributes: { ENTRYUUID: [dn] } }] }
      const [asked = ''] = attributes
      const range = /range=(\d+)/.exec(asked)
      if (range !== null) {
        const from = Number(range[1])
        const last = from + 15 > 32
        const to = last ? 32 : from + 14
        return {
          entries: [
            { dn: ada.dn, attributes: { [`member;range=${from}-${last ? '*' : to}`]: members(from, to) } },
          ],
        }
      }
      return {
        entries: [
          {
            dn: ada.dn.toUpperCase(),
            attributes: {
              UID: ['ada'],
              SN: ['Berg'],
              'sn;lang-de': ['Bärg'],
              ENTRYUUID: [ID],
              member: [],
              'member;range=0-14': members(0, 14),
              'userCertificate;binary': [Buffer.from('abc')],
            },
          },
        ],
      }
    })
    const changes = []
    for await (const page of source.read('User')) {
      expect(page.failure).toBeUndefined()
      changes.push(...page.changes)
    }
    const [first] = changes
    expect(first).toMatchObject({
      type: 'changed',
      id: ID,
      record: { uid: 'ada', sn: 'Berg', userCertificate: 'YWJj' },
    })
    const { member } = (first as { record: { member: readonly string[] } }).record
    expect(new Set(member).size).toBe(33)
    const found = await target.read('inetOrgPerson', ID)
    expect(found.outcome === 'done' ? Object.fromEntries(found.value.values) : found).toMatchObject({
      uid: 'ada',
      sn: 'Berg',
      userCertificate: 'YWJj',
    })
    const ids = await target.readMembers('inetOrgPerson', ID, 'member')
    expect(ids.outcome === 'done' ? ids.value.length : ids).toBe(33)
  })

  it('returns the same part of the values, or the same page, again and again', async () => {
    const parts = await directory(() => ({
      entries: [like({ attributes: { 'member;range=0-1': ['a', 'b'] } })],
    }))
    expect(await parts.target.read('inetOrgPerson', ID)).toMatchObject(broken)
    const pages = await directory((_request, count) => ({
      entries: [like({ dn: `uid=${count % 3},${base}` })],
      cookie: 'again',
    }))
    for await (const page of pages.source.read('User'))
      if (page.failure !== undefined) expect(page.failure).toMatchObject(broken)
    expect(pages.received.length).toBeLessThan(8)
    expect(await pages.target.find('inetOrgPerson', finding)).toMatchObject(broken)
  })

  it('goes on after an empty page, as Active Directory has them; endless ones are broken', async () => {
    const pages = await directory((_request, count) =>
      count < 3 ? { cookie: `more${count}` } : { entries: [ada] },
    )
    const found: number[] = []
    for await (const page of pages.source.read('User')) found.push(page.changes.length)
    expect(found).toEqual([0, 0, 1])
    const endless = await directory((_request, count) => ({ cookie: `${count}` }))
    expect(await endless.target.find('inetOrgPerson', finding)).toMatchObject(broken)
  })

  it('returns a referral and entries after it: the entries count, nothing is followed', async () => {
    const { target } = await directory(() => ({ entries: [ada], referrals: ['ldap://127.0.0.1:1/dc=other'] }))
    expect(await target.find('inetOrgPerson', finding)).toMatchObject({
      outcome: 'done',
      value: [{ id: ID }],
    })
  })

  it('names a matched entry: it is not used', async () => {
    const { target, writes } = await directory(() => ({ code: 32, matchedDn: `uid=victim,${base}` }))
    expect(await target.find('inetOrgPerson', finding)).toEqual({ outcome: 'done', value: [] })
    expect(await target.update('inetOrgPerson', ID, change)).toMatchObject({ outcome: 'gone' })
    expect(writes()).toEqual([])
  })

  it('reports success without effect', async () => {
    const { target } = await directory(({ operation, scope }) =>
      operation === 'search' && scope === 'sub' ? { entries: [ada] } : {},
    )
    expect(await target.update('inetOrgPerson', ID, change)).toMatchObject({
      ...broken,
      reason: 'modify: the directory reports success, but the entry does not show it',
    })
    const renamed = { before: new Map(), values: new Map([['uid', 'lind']]) }
    expect(await target.update('inetOrgPerson', ID, renamed)).toMatchObject({
      ...broken,
      reason: expect.stringMatching(/^rename/),
    })
    expect(await target.remove('inetOrgPerson', ID)).toMatchObject({
      ...broken,
      reason: expect.stringMatching(/^delete/),
    })
    // Nobody knows whether the entry is there.
    expect(await target.create('inetOrgPerson', new Map([['uid', 'eve']]))).toMatchObject({
      outcome: 'unknown',
    })
  })

  it('has no container: that does not mean that the entry is gone', async () => {
    const { target } = await directory(({ operation }) =>
      operation === 'search' ? { entries: [ada] } : { code: 32 },
    )
    const refused = {
      outcome: 'refused',
      reason: expect.stringContaining('the container is not in the directory'),
    }
    expect(await target.create('inetOrgPerson', new Map([['uid', 'eve']]))).toMatchObject(refused)
    const renamed = { before: new Map(), values: new Map([['uid', 'lind']]) }
    expect(await target.update('inetOrgPerson', ID, renamed)).toMatchObject(refused)
  })
})

describe('the reason of a refusal', () => {
  it.each([
    [19, 'Password fails quality checking policy', 'it is not complex enough'],
    [19, 'Password is in history of old passwords', 'it was used before'],
    [19, 'within password minimum age', 'it was changed too recently'],
    [19, '0000052D: check_password_restrictions: the password is too short (hunter2)', 'it is too short'],
    [53, '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM)', 'refuses the password'],
    [
      65,
      "object class 'inetOrgPerson' requires attribute 'sn'",
      'modify: objectClassViolation (65); it names the attribute sn',
    ],
    [17, 'titel: attribute type undefined', 'undefinedAttributeType (17); it names the attribute titel'],
    [21, 'the value hunter2 is not valid', 'modify: invalidAttributeSyntax (21)'],
    [80, 'hunter2', 'modify: result code (80)'],
  ])('says what result code %i and %j mean', async (code, message, reason) => {
    const { target } = await directory(({ operation }) =>
      operation === 'search' ? { entries: [ada] } : operation === 'modify' ? { code, message } : {},
    )
    const answer = await target.update('inetOrgPerson', ID, change)
    expect(answer).toMatchObject({ outcome: 'refused', reason: expect.stringContaining(reason) })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
  })

  it('is a conflict where a value must be unique', async () => {
    const { target } = await directory(({ operation }) =>
      operation === 'search'
        ? { entries: [ada] }
        : { code: operation === 'modify' ? 19 : 0, message: 'some attributes not unique' },
    )
    expect(await target.update('inetOrgPerson', ID, change)).toMatchObject({ outcome: 'conflict' })
  })
})
