import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientCredentials, completeProfile, profileProblem, ScimTarget } from '../../src/connect/index.js'
import { groupMapping, userMapping } from '../provision/job-run.js'
import { ScimServer } from '../provision/scim-server.js'

const server = new ScimServer()
let url = ''
beforeAll(async () => {
  url = await server.start()
})
afterAll(() => server.stop())

const targetWith = (profile: Parameters<typeof completeProfile>[0], more: object = {}): ScimTarget =>
  new ScimTarget({
    url,
    mappings: new Map([
      ['User', userMapping()],
      ['Group', groupMapping()],
    ]),
    profile: completeProfile(profile),
    ...more,
  })

describe('a profile', () => {
  it.each([
    [[], 'object'],
    [{ version: 2 }, 'version'],
    [{ patch: { manager: 'number' } }, 'patch.manager'],
    [{ patch: { unheardOf: 1 } }, 'unheardOf'],
    [{ membersPerRequest: 0 }, 'membersPerRequest'],
    [{ refused: 'nickName' }, 'refused'],
    [{ constructor: 1 }, 'constructor'],
  ])('%j is refused with what is wrong', (value, word) => {
    expect(profileProblem(value)).toContain(word)
  })

  it('that is complete has nothing wrong', () => {
    expect(profileProblem(completeProfile({ refused: ['title'] }, true))).toBeUndefined()
  })

  it('does not need the answer to a create: one without a body leaves it unknown', async () => {
    const target = targetWith({}, { fetch: () => Promise.resolve(new Response(null, { status: 201 })) })
    expect(await target.create('User', new Map([['userName', 'a']]))).toMatchObject({ outcome: 'unknown' })
  })

  it('reads values that contain the token unchanged', async () => {
    const target = targetWith({}, { token: 'x' })
    const created = await target.create('User', new Map([['userName', 'xaver@example.com']]))
    expect(created).toMatchObject({ value: { values: new Map([['userName', 'xaver@example.com']]) } })
  })

  it('searches for values that hold half a character', async () => {
    const key = { attribute: 'userName', value: 'a\ud800' }
    expect(await targetWith({}).find('User', key)).toMatchObject({ outcome: 'done', value: [] })
  })

  it('keeps what the target refuses out of requests', async () => {
    const target = targetWith({ refused: ['nickName'] })
    const created = await target.create(
      'User',
      new Map([
        ['userName', 'a'],
        ['nickName', 'n'],
      ]),
    )
    expect(created).toMatchObject({ outcome: 'done' })
    expect(server.received.at(-1)!.body).not.toHaveProperty('nickName')
    const id = created.outcome === 'done' ? created.value.id : ''
    const sent = server.received.length
    await target.update('User', id, {
      before: new Map([['userName', 'a']]),
      values: new Map([['nickName', 'm']]),
    })
    expect(server.received).toHaveLength(sent)
  })

  it('sends no members where the target refuses them', async () => {
    const target = targetWith({ refused: ['members'] })
    const sent = server.received.length
    const answer = await target.changeMembers('Group', 'g', { attribute: 'members', add: ['1'], remove: [] })
    expect(answer).toMatchObject({ outcome: 'done' })
    expect(server.received).toHaveLength(sent)
  })

  it.each([
    ['object', { value: '7' }],
    ['list', [{ value: '7' }]],
    ['text', '7'],
  ] as const)('has the manager of a new user as %s', async (manager, expected) => {
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
    await targetWith({ patch: { manager } }).create(
      'User',
      new Map([
        ['userName', 'a'],
        [`${enterprise}:manager`, '7'],
      ]),
    )
    expect(server.received.at(-1)!.body).toMatchObject({ [enterprise]: { manager: expected } })
  })

  it('decides how members are removed', async () => {
    const target = targetWith({ patch: { removeMembers: 'filter', operations: 'lower' } })
    const group = await target.create('Group', new Map([['displayName', 'g']]))
    const id = group.outcome === 'done' ? group.value.id : ''
    await target.changeMembers('Group', id, { attribute: 'members', add: ['1'], remove: ['2', 'a"b'] })
    expect(server.received.at(-1)!.body).toMatchObject({
      Operations: [
        { op: 'add', path: 'members', value: [{ value: '1' }] },
        { op: 'remove', path: 'members[value eq "2"]' },
        { op: 'remove', path: 'members[value eq "a\\"b"]' },
      ],
    })
  })

  it('reads lists by cursor, page by page', async () => {
    const asked: string[] = []
    const target = targetWith(
      { paging: 'cursor', pageSize: 2 },
      {
        fetch: async (input: string) => {
          const path = String(input).replace(url, '')
          asked.push(path)
          const next = path.includes('cursor=a%26b') ? undefined : 'a&b'
          return Response.json({
            Resources: [{ id: String(asked.length) }],
            ...(next === undefined ? {} : { nextCursor: next }),
          })
        },
      },
    )
    const ids: string[] = []
    for await (const page of target.list('User'))
      if (page.outcome === 'done') ids.push(...page.value.map(({ id }) => id))
    expect(ids).toEqual(['1', '2'])
    expect(asked).toEqual(['/Users?count=2&cursor', '/Users?count=2&cursor=a%26b'])
  })

  it('has failures say what the server said, without what was sent', async () => {
    const target = targetWith(
      {},
      {
        token: 'secret-token',
        fetch: async () =>
          Response.json({ scimType: 'invalidValue', detail: 'title is\ntoo long' }, { status: 400 }),
      },
    )
    const answer = await target.create('User', new Map([['userName', 'private-name']]))
    expect(answer).toMatchObject({
      outcome: 'refused',
      reason: 'POST /Users: answered 400 (invalidValue: title is too long)',
    })
    expect(JSON.stringify(answer)).not.toMatch(/secret-token|private-name/)
  })
})

describe('client credentials', () => {
  it('ask once for a token, and again before it expires', async () => {
    let now = 0
    let asked = 0
    const token = clientCredentials({
      tokenUrl: 'https://login.example/token',
      clientId: 'id',
      clientSecret: 'se&cret',
      scope: 'a b',
      now: () => now,
      fetch: async (_url, init) => {
        asked++
        expect(String(init?.body)).toBe(
          'grant_type=client_credentials&client_id=id&client_secret=se%26cret&scope=a+b',
        )
        return Response.json({ access_token: `t${asked}`, expires_in: 3600 })
      },
    })
    expect(await Promise.all([token(), token()])).toEqual(['t1', 't1'])
    now = 3_500_000
    expect(await token()).toBe('t1')
    now = 3_545_000
    expect(await token()).toBe('t2')
  })

  it('that are refused quarantine, without the secret', async () => {
    const token = clientCredentials({
      tokenUrl: 'https://login.example/token',
      clientId: 'id',
      clientSecret: 'very-secret',
      fetch: async () => Response.json({ error: 'invalid_client' }, { status: 401 }),
    })
    const answer = await targetWith({}, { token }).probe('User', { attribute: 'userName', value: 'x' })
    expect(answer).toMatchObject({ outcome: 'refused', concerns: 'credentials', code: 'Unauthorized' })
    expect(JSON.stringify(answer)).toContain('invalid_client')
    expect(JSON.stringify(answer)).not.toContain('very-secret')
  })
})
