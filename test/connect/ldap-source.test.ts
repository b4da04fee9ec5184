import { Attribute, Change, Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LdapChanges, LdapSource, type SourceChange } from '../../src/connect/index.js'
import { serversRequired } from '../support/server.js'
import type { Directory } from './directory.js'
import { slapdPath, startSlapd } from './slapd.js'

const base = 'dc=example,dc=org'

describe.skipIf(slapdPath === undefined && !serversRequired)('slapd as a source', () => {
  let slapd: Directory
  let client: Client
  const sources: LdapSource[] = []

  const sourceOf = (changes?: LdapChanges): LdapSource => {
    const { url, bindDn, password } = slapd
    const source = new LdapSource({
      url,
      bindDn,
      password,
      base,
      objects: { User: { objectClass: 'inetOrgPerson' }, Group: { objectClass: 'groupOfNames' } },
      attributes: (kind) =>
        kind === 'User' ? ['uid', 'cn', 'title', 'manager', 'mail', 'jpegPhoto'] : ['cn', 'member'],
      ...(changes === undefined ? {} : { changes }),
    })
    sources.push(source)
    return source
  }

  /** What a read gives, and where the next one goes on. */
  const read = async (source: LdapSource, kind: string, since?: string) => {
    const changes: SourceChange[] = []
    let watermark: string | undefined
    let failure: string | undefined
    for await (const page of source.read(kind, since)) {
      changes.push(...page.changes)
      watermark = page.watermark ?? watermark
      failure = page.failure?.outcome ?? failure
    }
    return { changes, watermark, failure }
  }

  const changed = (changes: readonly SourceChange[]): readonly Record<string, unknown>[] =>
    changes.flatMap((one) =>
      one.type === 'changed' ? [{ ...one.record, id: one.id } as Record<string, unknown>] : [],
    )
  const removed = (changes: readonly SourceChange[]): readonly string[] =>
    changes.flatMap((one) => (one.type === 'removed' ? [one.id] : []))

  const person = (uid: string, more: Readonly<Record<string, string | string[]>> = {}): Promise<void> =>
    client.add(`uid=${uid},ou=people,${base}`, {
      objectClass: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
      uid,
      cn: `Name of ${uid}`,
      sn: uid,
      ...more,
    })

  const modify = (uid: string, type: string, values: string[]): Promise<void> =>
    client.modify(
      `uid=${uid},ou=people,${base}`,
      new Change({ operation: 'replace', modification: new Attribute({ type, values }) }),
    )

  beforeAll(async () => {
    slapd = await startSlapd()
    client = new Client({ url: slapd.url })
    await client.bind(slapd.bindDn, slapd.password)
    await person('boss', { mail: ['b@example.org', 'boss@example.org'] })
    await person('ann', { manager: `uid=boss,ou=people,${base}`, title: 'Zoë (*)' })
    await client.add(`cn=team,ou=groups,${base}`, {
      objectClass: ['top', 'groupOfNames'],
      cn: 'team',
      member: [`uid=ann,ou=people,${base}`, `uid=boss,ou=people,${base}`, `uid=nobody,ou=people,${base}`],
    })
  }, 30_000)
  afterAll(async () => {
    for (const source of sources) await source.close()
    await client.unbind()
    await slapd.stop()
  })

  it('gives the entries of a kind, references as identifiers', async () => {
    const source = sourceOf()
    expect((await source.probe()).outcome).toBe('done')
    const { changes } = await read(source, 'User')
    const users = changed(changes)
    expect(users.map(({ uid }) => uid).sort()).toEqual(['ann', 'boss'])
    const boss = users.find(({ uid }) => uid === 'boss')!
    expect(boss).toMatchObject({
      dn: `uid=boss,ou=people,${base}`,
      mail: ['b@example.org', 'boss@example.org'],
    })
    expect(boss.id).toMatch(/^[0-9a-f-]{36}$/)
    const ann = users.find(({ uid }) => uid === 'ann')!
    expect(ann).toMatchObject({ title: 'Zoë (*)', manager: boss.id })
    // One member has no entry: it is left out.
    const [team] = changed((await read(source, 'Group')).changes)
    expect(new Set(team!.member as string[])).toEqual(new Set([ann.id, boss.id]))
    const one = await source.get('User', String(ann.id))
    expect(one).toMatchObject({ outcome: 'done', value: { uid: 'ann' } })
    expect(await source.get('User', '00000000-0000-0000-0000-000000000000')).toMatchObject({
      outcome: 'gone',
    })
    expect(await source.get('User', '*)(uid=*')).not.toMatchObject({ outcome: 'done' })
  })

  it('says when base or credentials are wrong', async () => {
    const { url, bindDn } = slapd
    const wrong = (more: object): LdapSource =>
      new LdapSource({ url, bindDn, password: 'secret', base, objects: {}, attributes: () => [], ...more })
    expect(await wrong({ base: 'dc=nowhere' }).probe()).toMatchObject({
      outcome: 'refused',
      reason: 'the base of the source is not in the directory',
    })
    expect(await wrong({ password: 'x' }).probe()).toMatchObject({ concerns: 'credentials' })
  })

  it.each(['accesslog', 'timestamp'] as const)('tells what changed, by %s', async (changes) => {
    const source = sourceOf(changes)
    const uid = `x${changes}`
    await person(uid)
    const all = await read(source, 'User')
    const { id } = changed(all.changes).find((one) => one.uid === uid)!
    if (changes === 'timestamp') await new Promise((done) => setTimeout(done, 1100))
    await modify(uid, 'title', ['New'])
    await person(`${uid}2`)
    const second = await read(source, 'User', all.watermark)
    const titles = changed(second.changes).map((one) => [one.uid, one.title])
    expect(titles).toEqual(
      expect.arrayContaining([
        [uid, 'New'],
        [`${uid}2`, undefined],
      ]),
    )
    if (changes === 'accesslog') expect(titles).toHaveLength(2)
    await client.modifyDN(`uid=${uid},ou=people,${base}`, `uid=${uid}r,ou=leavers,${base}`)
    if (changes === 'timestamp') return
    const third = await read(source, 'User', second.watermark)
    expect(changed(third.changes)).toMatchObject([
      { id, uid: `${uid}r`, dn: `uid=${uid}r,ou=leavers,${base}` },
    ])
    await client.del(`uid=${uid}r,ou=leavers,${base}`)
    const fourth = await read(source, 'User', third.watermark)
    expect([changed(fourth.changes), removed(fourth.changes)]).toEqual([[], [id]])
    // Nothing happened since.
    expect((await read(source, 'User', fourth.watermark)).changes).toEqual([])
  })

  it('reads everything anew when the log no longer reaches back', async () => {
    const source = sourceOf('accesslog')
    expect(await read(source, 'User', '20010101000000.000001Z')).toMatchObject({
      failure: 'gone',
      changes: [],
    })
  })
})
