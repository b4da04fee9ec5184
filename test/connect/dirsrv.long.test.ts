import { Attribute, Change, Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LdapSource, type LdapSourceOptions, LdapTarget, type SourceChange } from '../../src/connect/index.js'
import { userMapping } from '../provision/job-run.js'
import { serversRequired } from '../support/server.js'
import type { Directory } from './directory.js'
import { dirsrvPath, startDirsrv } from './dirsrv.js'

describe.skipIf(dirsrvPath === undefined && !serversRequired)('389 Directory Server', () => {
  let server: Directory
  let client: Client
  beforeAll(async () => {
    server = await startDirsrv(['nsuniqueid:targetUniqueId'])
    client = new Client({ url: server.url })
    await client.bind(server.bindDn, server.password)
  }, 60_000)
  afterAll(async () => {
    await client.unbind()
    await server.stop()
  })

  const people = (): string => `ou=people,${server.base}`
  const person = (uid: string): Promise<void> =>
    client.add(`uid=${uid},${people()}`, { objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid })
  const retitle = (uid: string, title: string): Promise<void> =>
    client.modify(
      `uid=${uid},${people()}`,
      new Change({ operation: 'replace', modification: new Attribute({ type: 'title', values: [title] }) }),
    )

  const read = async (options: Partial<LdapSourceOptions>, since?: string) => {
    const { stop: _stop, ...connection } = server
    const source = new LdapSource({
      ...connection,
      objects: { User: { objectClass: 'inetOrgPerson' } },
      attributes: () => ['uid', 'title'],
      ...options,
    })
    const changes: SourceChange[] = []
    let watermark: string | undefined
    let failure: unknown
    for await (const page of source.read('User', since)) {
      changes.push(...page.changes)
      watermark = page.watermark ?? watermark
      failure = page.failure ?? failure
    }
    await source.close()
    return { changes, watermark, failure }
  }
  const byChangelog = { anchor: 'nsUniqueId', changes: 'changelog' } as const

  it('shows what changed by its changelog', async () => {
    await person('ada')
    const first = await read(byChangelog)
    expect(first).toMatchObject({
      failure: undefined,
      changes: [{ type: 'changed', record: { uid: 'ada' } }],
    })
    const { id } = first.changes[0] as { id: string }
    // More than nine rows: they must be ordered as numbers.
    for (let count = 0; count < 12; count++) await retitle('ada', `title ${count}`)
    await person('bo')
    const second = await read(byChangelog, first.watermark)
    expect(second.changes).toHaveLength(2)
    expect(second.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id, record: expect.objectContaining({ title: 'title 11' }) }),
        expect.objectContaining({ record: expect.objectContaining({ uid: 'bo' }) }),
      ]),
    )
    expect((await read(byChangelog, second.watermark)).changes).toEqual([])
    await client.modifyDN(`uid=ada,${people()}`, `uid=ada2,ou=leavers,${server.base}`)
    const third = await read(byChangelog, second.watermark)
    expect(third.changes).toMatchObject([{ type: 'changed', id, record: { uid: 'ada2' } }])
    await client.del(`uid=ada2,ou=leavers,${server.base}`)
    const fourth = await read(byChangelog, third.watermark)
    expect(fourth.changes).toEqual([{ type: 'removed', id, reason: 'hardDeleted' }])
    await client.del(`uid=bo,${people()}`)
    expect(await read(byChangelog, '999999')).toMatchObject({ changes: [], failure: { outcome: 'gone' } })
  })

  it('takes no entry for deleted when the log identifies entries by another attribute', async () => {
    await person('cy')
    // Entries without entryUUID are no objects, and the log does not record it either.
    const everything = await read({})
    expect(everything.changes).toMatchObject([{ type: 'faulty', at: `uid=cy,${people()}: no entryUUID` }])
    const { changes, failure } = await read({ changes: 'changelog' }, '1')
    expect(changes).toEqual([])
    expect(failure).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('targetEntryUUID') })
    await client.del(`uid=cy,${people()}`)
  })

  it('is a target whose entries keep their identifier', async () => {
    const { stop: _stop, ...connection } = server
    const targetOf = (anchor?: string): LdapTarget =>
      new LdapTarget({
        ...connection,
        ...(anchor === undefined ? {} : { anchor }),
        container: people(),
        objectClasses: ['inetOrgPerson'],
        rdn: 'uid',
        mappings: new Map([['User', userMapping()]]),
      })
    const nobody = { attribute: 'uid', value: 'nobody' }
    const wrong = targetOf()
    expect(await wrong.probe('User', nobody)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('entryUUID'),
    })
    await wrong.close()
    const target = targetOf('nsUniqueId')
    expect(await target.probe('User', nobody)).toMatchObject({ outcome: 'done' })
    const created = await target.create(
      'User',
      new Map([
        ['uid', 'dee, (*)'],
        ['cn', 'Dee'],
        ['sn', 'D'],
      ]),
    )
    const id = created.outcome === 'done' ? created.value.id : ''
    expect(id).toMatch(/^[0-9a-f-]{35}$/)
    expect(
      await target.update('User', id, { before: new Map(), values: new Map([['uid', 'dee']]) }),
    ).toMatchObject({ outcome: 'done' })
    expect((await client.search(`uid=dee,${people()}`)).searchEntries).toHaveLength(1)
    expect(await target.remove('User', id)).toMatchObject({ outcome: 'done' })
    expect(await target.remove('User', id)).toMatchObject({ outcome: 'gone' })
    await target.close()
  })
})
