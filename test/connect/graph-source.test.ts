import { describe, expect, it } from 'vitest'
import { GraphSource, type SourcePage } from '../../src/connect/index.js'
import { JobRun } from '../provision/job-run.js'

const ROOT = 'https://graph.example/v1.0'

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }

/** A Graph service that answers each URL from a list of replies; the last one stays. */
const serviceOf = (replies: Readonly<Record<string, readonly Reply[]>>) => {
  const asked: string[] = []
  const waits: number[] = []
  const left = new Map(Object.entries(replies).map(([url, list]) => [url, [...list]]))
  const source = new GraphSource({
    url: ROOT,
    token: () => 'secret-token',
    fetch: async (input, init) => {
      const url = String(input).replace(`${ROOT}/`, '')
      asked.push(url)
      expect(new Headers(init?.headers).get('authorization')).toBe('Bearer secret-token')
      const list = left.get(url) ?? [{ status: 404 }]
      const { status = 200, headers = {}, body } = list.length > 1 ? list.shift()! : list[0]!
      return new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
    },
    sleep: async (milliseconds) => void waits.push(milliseconds),
  })
  return { source, asked, waits, left }
}

const read = async (source: GraphSource, since?: string): Promise<readonly SourcePage[]> => {
  const pages: SourcePage[] = []
  for await (const page of source.read('User', since)) pages.push(page)
  return pages
}

describe('Graph as a source', () => {
  it('follows the pages and gives the delta link as the watermark', async () => {
    const { source, asked } = serviceOf({
      'users/delta': [
        { body: { value: [{ id: '1', displayName: 'Ada' }], '@odata.nextLink': `${ROOT}/users/next` } },
      ],
      'users/next': [
        { body: { value: [{ id: '2' }, { noId: true }], '@odata.deltaLink': `${ROOT}/users/mark` } },
      ],
      'users/mark': [
        {
          body: {
            value: [
              { id: '1', '@removed': { reason: 'changed' } },
              { id: '2', '@removed': { reason: 'deleted' } },
              { id: '3', 'manager@delta': [{ id: '1' }] },
              { id: '4', 'manager@delta': [{ id: '1', '@removed': { reason: 'deleted' } }] },
            ],
            '@odata.deltaLink': `${ROOT}/users/mark2`,
          },
        },
      ],
    })
    const first = await read(source)
    expect(asked).toEqual(['users/delta', 'users/next'])
    expect(first.flatMap(({ changes }) => changes.map(({ type }) => type))).toEqual([
      'changed',
      'changed',
      'faulty',
    ])
    expect(first.at(-1)!.watermark).toBe(`${ROOT}/users/mark`)
    const [page] = await read(source, `${ROOT}/users/mark`)
    expect(page!.changes).toMatchObject([
      { type: 'removed', id: '1', reason: 'softDeleted' },
      { type: 'removed', id: '2', reason: 'hardDeleted' },
      { type: 'changed', id: '3', partial: true, record: { manager: '1' } },
      { type: 'changed', id: '4', partial: true, record: { manager: null } },
    ])
  })

  it('reads a page without the one object that is nested too deeply', async () => {
    const deep = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) as unknown
    const value = [{ id: '1' }, { id: '2', deep }, { id: '3' }]
    const { source } = serviceOf({
      'users/delta': [{ body: { value, '@odata.deltaLink': `${ROOT}/users/mark` } }],
    })
    const [page] = await read(source)
    expect(page).toMatchObject({
      changes: [{ id: '1' }, { type: 'faulty', at: 'item 2 of a page of users' }, { id: '3' }],
      watermark: `${ROOT}/users/mark`,
    })
  })

  it('waits when the service is busy, and says when a watermark is no longer known', async () => {
    const { source, waits } = serviceOf({
      'users/delta': [
        { status: 429, headers: { 'retry-after': '7' } },
        { status: 503 },
        { body: { value: [] } },
      ],
      'users/old': [{ status: 410 }],
    })
    expect(await read(source)).toEqual([{ changes: [] }])
    expect(waits).toEqual([7000, 1000])
    expect((await read(source, `${ROOT}/users/old`))[0]!.failure).toMatchObject({ outcome: 'gone' })
  })

  it.each([
    ['another host', { '@odata.nextLink': 'https://evil.example/v1.0/users' }],
    ['the same page again', { '@odata.nextLink': `${ROOT}/users/delta` }],
  ])('does not follow a link to %s', async (_, link) => {
    const { source, asked } = serviceOf({ 'users/delta': [{ body: { value: [], ...link } }] })
    const pages = await read(source)
    expect(pages.at(-1)!.failure).toMatchObject({ outcome: 'refused', concerns: 'compliance' })
    expect(asked).toEqual(['users/delta'])
  })

  it.each([
    [{ status: 401 }, { outcome: 'refused', concerns: 'credentials' }],
    [{ status: 302, headers: { location: 'https://evil.example' } }, { outcome: 'refused' }],
    [{ body: 'text' }, { outcome: 'refused', concerns: 'compliance' }],
  ] as const)('answers %j as a failure without the token', async (reply, expected) => {
    const { source } = serviceOf({ 'users/delta': [reply] })
    const [page] = await read(source)
    expect(page!.failure).toMatchObject(expected)
    expect(JSON.stringify(page)).not.toContain('secret-token')
  })

  it('runs a job: a large group in parts, members that come and go, and who is removed', async () => {
    const users = ['1', '2', '3'].map((id) => ({ id, upn: `u${id}@x`, nick: `n${id}` }))
    const part = (...ids: readonly string[]): unknown => ({
      id: 'g',
      name: 'Team',
      'members@delta': ids.map((id) => ({ '@odata.type': '#microsoft.graph.user', id })),
    })
    const { source, left } = serviceOf({
      'users?$top=1&$select=id': [{ body: { value: [] } }],
      'users/delta': [{ body: { value: users, '@odata.deltaLink': `${ROOT}/users/a` } }],
      'users/a': [{ body: { value: [{ id: '3', nick: 'changed' }], '@odata.deltaLink': `${ROOT}/users/b` } }],
      'users/b': [
        {
          body: {
            value: [{ id: '2', '@removed': { reason: 'deleted' } }],
            '@odata.deltaLink': `${ROOT}/users/c`,
          },
        },
      ],
      'groups/delta': [{ body: { value: [part('1'), part('2')], '@odata.nextLink': `${ROOT}/groups/next` } }],
      'groups/next': [{ body: { value: [part('3')], '@odata.deltaLink': `${ROOT}/groups/a` } }],
      'groups/a': [
        {
          body: {
            value: [{ id: 'g', 'members@delta': [{ id: '1', '@removed': { reason: 'deleted' } }] }],
            '@odata.deltaLink': `${ROOT}/groups/b`,
          },
        },
      ],
      'groups/b': [{ body: { value: [], '@odata.deltaLink': `${ROOT}/groups/b` } }],
    })
    const run = new JobRun()
    const members = (): unknown => [...run.target.members.values()].map((all) => [...all].sort())
    // The group comes in three parts.
    await run.cycle(source, {}, { repeats: true })
    expect(members()).toEqual([['t1', 't2', 't3']])
    await run.cycle(source)
    expect(run.target.named()['u3@x']).toMatchObject({ nickName: 'changed', userName: 'u3@x' })
    expect(members()).toEqual([['t2', 't3']])
    await run.cycle(source)
    expect(Object.keys(run.target.named())).not.toContain('u2@x')
    // The service forgets the watermark: everything is read anew, and who is not listed is asked for.
    left.set('users/c', [{ status: 410 }])
    left.set('users/delta', [{ body: { value: [users[0]], '@odata.deltaLink': `${ROOT}/users/d` } }])
    left.set('users/3', [{ status: 404 }])
    await run.cycle(source)
    expect(Object.keys(run.target.named()).filter((name) => name.includes('@'))).toEqual(['u1@x'])
  })
})
