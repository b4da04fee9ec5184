import { randomUUID } from 'node:crypto'
import { Attribute, Change, Client, type Entry } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../src/connect/answer.js'
import { discoverLdap } from '../../src/connect/discover/ldap.js'
import { LdapSource, LdapTarget, type LdapTargetOptions } from '../../src/connect/index.js'
import { compileMapping } from '../../src/mapping/index.js'
import type { Value } from '../../src/values/value.js'
import { serversRequired } from '../support/server.js'
import type { Directory } from './directory.js'
import { sambaPath, startSamba } from './samba.js'
import { slapdPath, startSlapd } from './slapd.js'

const mappingOf = (kind: string, names: readonly string[], lists: readonly string[] = []) =>
  compileMapping({
    directories: [
      {
        name: 'LDAP',
        objects: [
          { name: kind, attributes: lists.map((name) => ({ name, type: 'String', multivalued: true })) },
        ],
      },
    ],
    synchronizationRules: [
      {
        sourceDirectoryName: 'HR',
        targetDirectoryName: 'LDAP',
        objectMappings: [
          {
            sourceObjectName: kind,
            targetObjectName: kind,
            attributeMappings: names.map((name, at) => ({
              targetAttributeName: name,
              matchingPriority: at === 0 ? 1 : 0,
              source: { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
            })),
          },
        ],
      },
    ],
  })

const values = (entries: Record<string, Value>): ReadonlyMap<string, Value> =>
  new Map(Object.entries(entries))
const change = (entries: Record<string, Value>) => ({ before: new Map(), values: values(entries) })

const client = async (directory: Directory): Promise<Client> => {
  const secure = directory.url.startsWith('ldaps:')
  const opened = new Client({
    url: directory.url,
    ...(secure ? { tlsOptions: { rejectUnauthorized: false } } : {}),
  })
  await opened.bind(directory.bindDn, directory.password)
  return opened
}

const idOf = async (answer: ReturnType<LdapTarget['create']>): Promise<string> => {
  const created = await answer
  expect(created).toMatchObject({ outcome: 'done' })
  return created.outcome === 'done' ? created.value.id : ''
}

describe.skipIf(slapdPath === undefined && !serversRequired)('OpenLDAP with overlays', () => {
  let slapd: Directory
  let target: LdapTarget
  const open = (more: Partial<LdapTargetOptions> = {}): LdapTarget => {
    const { url, bindDn, password, base } = slapd
    return new LdapTarget({
      ...{ url, bindDn, password, base, container: `ou=people,${base}` },
      objects: { groupOfNames: { container: `ou=groups,${base}` } },
      mappings: new Map([
        [
          'inetOrgPerson',
          mappingOf('inetOrgPerson', ['uid', 'cn', 'sn', 'mail', 'jpegPhoto', 'manager'], ['mail']),
        ],
        ['groupOfNames', mappingOf('groupOfNames', ['cn', 'description', 'member'])],
      ]),
      ...more,
    })
  }
  beforeAll(async () => {
    slapd = await startSlapd()
    target = open()
  }, 30_000)
  afterAll(async () => {
    await target?.close()
    await slapd?.stop()
  })

  const entry = async (filter: string): Promise<Entry> => {
    const opened = await client(slapd)
    const { searchEntries } = await opened.search(slapd.base, { filter, attributes: ['*', 'memberOf'] })
    await opened.unbind()
    return searchEntries[0]!
  }

  it('has groups whose class requires a member, and shows them to their members', async () => {
    const ada = await idOf(
      target.create('inetOrgPerson', values({ uid: 'ada', cn: 'Ada', sn: 'B', mail: ['a@x', 'b@x'] })),
    )
    const bo = await idOf(
      target.create('inetOrgPerson', values({ uid: 'bo', cn: 'Bo', sn: 'B', manager: ada })),
    )
    const team = await idOf(target.create('groupOfNames', values({ cn: 'Team, "A"' })))
    const members = async (add: readonly string[], remove: readonly string[]) => {
      expect(await target.changeMembers('groupOfNames', team, { attribute: 'member', add, remove })).toEqual({
        outcome: 'done',
        value: undefined,
      })
      const read = await target.readMembers('groupOfNames', team, 'member')
      return read.outcome === 'done' ? read.value : read
    }
    expect(await target.readMembers('groupOfNames', team, 'member')).toMatchObject({ value: [] })
    expect(await members([ada, bo], [])).toEqual([ada, bo])
    expect((await entry('(uid=ada)')).memberOf).toBe((await entry('(objectClass=groupOfNames)')).dn)
    // The same again, and what is not a member.
    expect(await members([ada], [])).toEqual([ada, bo])
    expect(await members([], [ada, bo])).toEqual([])
    expect(await members([bo], [ada])).toEqual([bo])
    // The overlay refint removes a deleted entry from groups, and as a manager.
    expect(await target.remove('inetOrgPerson', bo)).toMatchObject({ outcome: 'done' })
    expect(await target.readMembers('groupOfNames', team, 'member')).toMatchObject({ value: [] })
    expect(await members([ada], [])).toEqual([ada])
    const source = new LdapSource({
      ...{ url: slapd.url, bindDn: slapd.bindDn, password: slapd.password, base: slapd.base },
      objects: { Group: { objectClass: 'groupOfNames' } },
      attributes: () => ['cn', 'member'],
    })
    const found = (await source.get('Group', team)) as Answer<{ cn?: unknown; member?: unknown }>
    const { cn, member } = found.outcome === 'done' ? found.value : {}
    expect([cn, [member].flat()]).toEqual(['Team, "A"', [ada]])
    await source.close()
  })

  it('keeps bytes and lists, and refuses what is not Base64', async () => {
    const photo = Buffer.from([0xff, 0xd8, 0, 1]).toString('base64')
    const eve = await idOf(
      target.create('inetOrgPerson', values({ uid: 'eve', cn: 'E', sn: 'E', jpegPhoto: photo })),
    )
    const read = await target.read('inetOrgPerson', eve)
    expect(read.outcome === 'done' ? read.value.values.get('jpegPhoto') : read).toBe(photo)
    expect(await target.update('inetOrgPerson', eve, change({ jpegPhoto: 'no!' }))).toMatchObject({
      outcome: 'refused',
      code: 'UnprocessableEntity',
    })
    const updated = await target.update(
      'inetOrgPerson',
      eve,
      change({ mail: ['x@x', 'y@x'], jpegPhoto: null }),
    )
    expect(updated.outcome === 'done' ? updated.value?.get('mail') : updated).toEqual(['x@x', 'y@x'])
  })

  it('names entries by a template, and moves them when a value changes', async () => {
    const named = open({
      objects: { inetOrgPerson: { dn: `cn={cn}+uid={uid},ou={ou},${slapd.base}`.replace('cn={cn}+', '') } },
      mappings: new Map([['inetOrgPerson', mappingOf('inetOrgPerson', ['uid', 'cn', 'sn', 'ou'])]]),
    })
    const fay = await idOf(
      named.create('inetOrgPerson', values({ uid: 'f,ay', cn: 'F', sn: 'F', ou: 'people' })),
    )
    expect((await entry('(sn=F)')).dn).toBe(`uid=f\\2Cay,ou=people,${slapd.base}`)
    expect(await named.update('inetOrgPerson', fay, change({ ou: 'leavers', cn: 'Fay' }))).toMatchObject({
      outcome: 'done',
    })
    expect(await entry('(sn=F)')).toMatchObject({ dn: `uid=f\\2Cay,ou=leavers,${slapd.base}`, cn: 'Fay' })
    expect(await named.update('inetOrgPerson', fay, change({ uid: 'fay' }))).toMatchObject({
      outcome: 'done',
    })
    expect(await entry('(sn=F)')).toMatchObject({ dn: `uid=fay,ou=leavers,${slapd.base}`, uid: 'fay' })
    expect(await named.update('inetOrgPerson', fay, change({ ou: 'people,ou=x' }))).toMatchObject({
      outcome: 'refused',
      reason: 'rename: the container is not in the directory',
    })
    expect(await named.create('inetOrgPerson', values({ uid: 'x', cn: 'x', sn: 'x' }))).toMatchObject({
      code: 'MandatoryFieldsMissing',
    })
    await named.close()
  })

  it('takes the names of the on-premises connector host', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User:'
    const names = ['uid', '-dn-', 'cn', 'sn', 'objectClass'].map((name) => urn + name)
    const host = open({ mappings: new Map([['User', mappingOf('User', names, [`${urn}objectClass`])]]) })
    const user = (dn: string) =>
      values({
        [`${urn}uid`]: 'gil',
        [`${urn}-dn-`]: dn,
        [`${urn}cn`]: 'Gil',
        [`${urn}sn`]: 'G',
        [`${urn}objectClass`]: ['inetOrgPerson', 'extensibleObject'],
      })
    const refused = { outcome: 'refused', code: 'UnprocessableEntity' }
    expect(await host.create('User', user(`uid=gil, G,ou=people,${slapd.base}`))).toMatchObject(refused)
    expect(await host.create('User', user('uid=gil,dc=elsewhere'))).toMatchObject(refused)
    await idOf(host.create('User', user(`uid=gil,ou=people,${slapd.base}`)))
    expect((await entry('(uid=gil)')).objectClass).toEqual(['inetOrgPerson', 'extensibleObject'])
    const found = await host.find('User', { attribute: `${urn}uid`, value: 'gil' })
    expect(found.outcome === 'done' ? found.value[0]?.values.get(`${urn}sn`) : found).toBe('G')
    await host.close()
  })
})

describe.skipIf(sambaPath === undefined && !serversRequired)('Active Directory with units and groups', () => {
  let samba: Directory
  let target: LdapTarget
  const unit = 'OU=Größe\\, A,OU=Zürich'
  beforeAll(async () => {
    samba = await startSamba()
    const { url, bindDn, password, base } = samba
    const opened = await client(samba)
    for (const dn of ['OU=Zürich', unit])
      await opened.add(`${dn},${base}`, { objectClass: 'organizationalUnit' })
    await opened.unbind()
    const users = [
      'sAMAccountName',
      'cn',
      'accountExpires',
      'thumbnailPhoto',
      'proxyAddresses',
      'description',
      'objectSid',
    ]
    target = new LdapTarget({
      ...{ url, bindDn, password, base, activeDirectory: true, trustAnyCertificate: true },
      container: `${unit},${base}`,
      mappings: new Map([
        ['user', mappingOf('user', users, ['proxyAddresses'])],
        ['group', mappingOf('group', ['sAMAccountName', 'cn', 'member'])],
      ]),
    })
  }, 120_000)
  afterAll(async () => {
    await target?.close()
    await samba?.stop()
  })

  it('keeps addresses, large numbers and bytes below units with umlauts and commas', async () => {
    const photo = Buffer.from([0xff, 0xd8, 0, 1]).toString('base64')
    const ada = await idOf(
      target.create(
        'user',
        values({
          ...{
            sAMAccountName: 'ada',
            cn: 'Ada, Ö',
            accountExpires: '9223372036854775807',
            thumbnailPhoto: photo,
          },
          proxyAddresses: ['SMTP:a@x', 'smtp:b@x'],
        }),
      ),
    )
    const shown = async () => {
      const read = await target.read('user', ada)
      return read.outcome === 'done' ? Object.fromEntries(read.value.values) : read
    }
    expect(await shown()).toMatchObject({
      cn: 'Ada, Ö',
      accountExpires: '9223372036854775807',
      thumbnailPhoto: photo,
      proxyAddresses: expect.arrayContaining(['SMTP:a@x', 'smtp:b@x']),
      objectSid: expect.stringMatching(/^AQUAAAAAAAUVAAAA/),
    })
    expect(
      await target.update(
        'user',
        ada,
        change({ accountExpires: 0n, proxyAddresses: ['SMTP:c@x'], description: 'ß' }),
      ),
    ).toMatchObject({ outcome: 'done' })
    expect(await shown()).toMatchObject({
      accountExpires: '0',
      proxyAddresses: ['SMTP:c@x'],
      description: 'ß',
    })
    // The unit gets another name: the user is the same.
    const opened = await client(samba)
    await opened.modifyDN(`${unit},${samba.base}`, `OU=Kleine,OU=Zürich,${samba.base}`)
    expect(await target.update('user', ada, change({ description: 'x' }))).toMatchObject({ outcome: 'done' })
    await opened.modifyDN(`OU=Kleine,OU=Zürich,${samba.base}`, `${unit},${samba.base}`)
    await opened.unbind()
    // Computers are not users.
    const listed: (string | undefined)[] = []
    for await (const page of target.list('user'))
      if (page.outcome === 'done')
        listed.push(...page.value.map((one) => String(one.values.get('sAMAccountName'))))
    expect(listed).toContain('ada')
    expect(listed.filter((name) => name?.endsWith('$'))).toEqual([])
  }, 60_000)

  it('has large groups, whose members are read and written completely', async () => {
    const team = await idOf(target.create('group', values({ sAMAccountName: 'team', cn: 'Team' })))
    const ids: string[] = []
    for (let at = 0; at < 30; at++)
      ids.push(await idOf(target.create('user', values({ sAMAccountName: `m${at}`, cn: `M ${at}` }))))
    const members = (add: readonly string[], remove: readonly string[]) =>
      target.changeMembers('group', team, { attribute: 'member', add, remove })
    const read = async () => {
      const answer = await target.readMembers('group', team, 'member')
      return answer.outcome === 'done' ? answer.value.toSorted() : answer
    }
    expect(await members(ids, [])).toMatchObject({ outcome: 'done' })
    expect(await members(ids, [])).toMatchObject({ outcome: 'done' })
    expect(await read()).toEqual(ids.toSorted())
    expect(await members([], ids.slice(1))).toMatchObject({ outcome: 'done' })
    expect(await read()).toEqual(ids.slice(0, 1))
    expect(await members([randomUUID().replaceAll('-', '')], [])).toMatchObject({ code: 'InvalidAnchor' })
    // A member with this primary group is not in member.
    const opened = await client(samba)
    await opened.modify(
      `CN=M 0,${unit},${samba.base}`,
      new Change({
        operation: 'replace',
        modification: new Attribute({ type: 'description', values: ['x'] }),
      }),
    )
    await opened.unbind()
    // The attribute must be unique: another name collision than that of the entry.
    expect(await target.create('user', values({ sAMAccountName: 'm1', cn: 'Another' }))).toMatchObject({
      outcome: 'conflict',
      code: 'EntryConflict',
    })
  }, 60_000)

  it('is discovered with the attributes of auxiliary classes', async () => {
    const { url, bindDn, password } = samba
    const answer = await discoverLdap(
      { url, bindDn, password, activeDirectory: true, trustAnyCertificate: true },
      ['user', 'group'],
    )
    const [user, group] = answer.outcome === 'done' ? answer.value : []
    const attributes = new Map(user?.attributes.map((one) => [one.name, one]))
    expect(attributes.get('sAMAccountName')).toMatchObject({ type: 'String' })
    expect(attributes.get('proxyAddresses')).toMatchObject({ multivalued: true })
    expect(attributes.get('accountExpires')).toMatchObject({ type: 'Integer' })
    expect(attributes.get('thumbnailPhoto')).toMatchObject({ type: 'Binary' })
    expect(attributes.get('manager')).toMatchObject({ type: 'Reference', multivalued: false })
    expect(attributes.get('objectGUID')).toMatchObject({ mutability: 'ReadOnly' })
    // The directory fills what its class requires.
    expect(user?.attributes.filter(({ required }) => required).map(({ name }) => name)).toEqual([])
    expect(group?.attributes.find(({ name }) => name === 'member')).toMatchObject({
      type: 'Reference',
      multivalued: true,
    })
  }, 60_000)
})
