import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attrflow } from '../cli/harness.js'
import { ScimServer } from '../provision/scim-server.js'
import { attributeMapping, customAppSchema } from '../support/custom-app-schema.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const TOKEN = 'a-token-for-everything'
const READER = 'a-token-to-read-logs-only'
const directory = temporaryDirectory()
const target = new ScimServer()
const stop = new AbortController()
let base = ''
let ended: Promise<unknown> = Promise.resolve()

const schema = customAppSchema('API', [
  attributeMapping('externalId', '[externalId]', 1),
  attributeMapping('userName', 'ToLower([userName])'),
  attributeMapping('displayName', 'Join(" ", [name.givenName], [name.familyName])'),
  attributeMapping('active', 'Not([IsSoftDeleted])'),
])

const operation = (externalId: string, given = 'Ada'): object => ({
  method: 'POST',
  bulkId: `b${externalId}`,
  path: '/Users',
  data: {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    externalId,
    userName: `User${externalId}`,
    name: { givenName: given, familyName: 'Berg' },
    active: true,
  },
})

const bulk = (...operations: readonly object[]): string =>
  JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: operations,
    failOnErrors: null,
  })

const call = (
  method: string,
  path: string,
  options: { body?: string; type?: string; token?: string | null } = {},
): Promise<Response> => {
  const { body, type = 'application/json', token = TOKEN } = options
  return fetch(base + path, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  })
}

const JOB = '/servicePrincipals/sp/synchronization/jobs/job1'
const upload = (body: string, more: { type?: string; token?: string | null } = {}): Promise<Response> =>
  call('POST', `${JOB}/bulkUpload`, { type: 'application/scim+json', ...more, body })

beforeAll(async () => {
  const url = await target.start()
  writeFileSync(join(directory, 'schema.json'), JSON.stringify(schema))
  writeFileSync(
    join(directory, 'job.json'),
    JSON.stringify({
      schema: 'schema.json',
      objectMappings: ['people'],
      source: {},
      target: { scim: url },
      state: 'job.sqlite',
    }),
  )
  writeFileSync(
    join(directory, 'tokens.json'),
    JSON.stringify([
      {
        token: TOKEN,
        scopes: [
          'SynchronizationData-User.Upload',
          'Synchronization.ReadWrite.All',
          'ProvisioningLog.Read.All',
        ],
      },
      { token: READER, scopes: ['ProvisioningLog.Read.All'] },
    ]),
  )
  ended = attrflow(['serve', 'job.json', '--tokens', 'tokens.json', '--json', '--port', '18642'], {
    directory,
    interruption: stop.signal,
  })
  base = 'http://127.0.0.1:18642'
  for (let attempt = 0; ; attempt++) {
    const reached = await fetch(base).then(
      () => true,
      () => false,
    )
    if (reached) break
    if (attempt > 100) throw new Error('the service does not listen')
    await pause(50)
  }
})
afterAll(async () => {
  stop.abort()
  await ended
  await target.stop()
})

describe('bulkUpload', () => {
  it('refuses a body in another encoding than it reads', async () => {
    const refused = await upload(bulk(operation('latin')), {
      type: 'application/scim+json; charset=iso-8859-1',
    })
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: 'BadRequest' } }])
    const packed = await fetch(`${base}${JOB}/bulkUpload`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/scim+json',
        'content-encoding': 'gzip',
      },
      body: bulk(operation('packed')),
    })
    expect(packed.status).toBe(400)
    await packed.body?.cancel()
  })

  it('accepts with an empty body and a place to look, and provisions what was sent', async () => {
    const response = await upload(bulk(operation('1'), operation('2', 'Bea')))
    expect(response.status).toBe(202)
    expect(await response.text()).toBe('')
    await expect.poll(() => target.resources.Users.size).toBe(2)
    // The location leads to the records of the job, whatever the client calls it.
    const again = await upload(bulk(operation('1'), operation('2', 'Bea')))
    for (const { headers } of [response, again]) {
      const found = await call('GET', headers.get('location')!)
      expect(found.status).toBe(200)
      const { value } = (await found.json()) as { value: readonly object[] }
      expect(value.length).toBeGreaterThanOrEqual(2)
    }
    expect(again.headers.get('location')).toContain('/auditLogs/provisioning/?$filter=jobid')
    expect([...target.resources.Users.values()].map(({ displayName }) => displayName).sort()).toEqual([
      'Ada Berg',
      'Bea Berg',
    ])
  })

  it('infers an update, and sends nothing for what is unchanged', async () => {
    const writes = (): number => target.received.filter(({ method }) => method !== 'GET').length
    await upload(bulk(operation('1', 'Adele')))
    await expect
      .poll(() => [...target.resources.Users.values()].map((one) => one.displayName))
      .toContain('Adele Berg')
    const before = writes()
    await upload(bulk(operation('1', 'Adele')))
    const jobState = async (): Promise<unknown> => (await (await call('GET', JOB)).json()) as unknown
    await expect.poll(jobState).toMatchObject({ status: { progress: [{ totalUnits: 0 }] } })
    expect(writes()).toBe(before)
  })

  it.each([
    ['another content type', bulk(operation('9')), { type: 'application/json' }, 400],
    ['no JSON', '{', {}, 400],
    ['51 operations', bulk(...Array.from({ length: 51 }, (_, i) => operation(`m${i}`))), {}, 400],
    ['no externalId', bulk({ ...operation('x'), data: {} }), {}, 400],
    ['another method', bulk({ ...operation('x'), method: 'DELETE' }), {}, 400],
    [
      'values that are nested deeply',
      bulk(operation('9')).replace('"active":true', `"x":${'['.repeat(5000)}${']'.repeat(5000)}`),
      {},
      400,
    ],
    ['a large body', JSON.stringify({ x: 'y'.repeat(5_000_000) }), {}, 413],
    ['no token', bulk(operation('9')), { token: null }, 401],
    ['a wrong token', bulk(operation('9')), { token: 'wrong-wrong-wrong-wrong' }, 401],
    ['a token without the permission', bulk(operation('9')), { token: READER }, 403],
  ])('refuses %s', async (_what, body, more, status) => {
    const response = await upload(body, more)
    expect(response.status).toBe(status)
    const { error } = (await response.json()) as { error: { code: string; message: string } }
    expect(error.message).toMatch(/\.$/)
    expect(target.resources.Users.size).toBe(2)
  })
})

describe('a client of Graph', () => {
  it('finds its request by identifiers, in headers and in errors', async () => {
    const send = (path: string, id: string): Promise<Response> =>
      fetch(base + path, { headers: { authorization: `Bearer ${TOKEN}`, 'client-request-id': id } })
    const found = await send(JOB, 'a1b2-c3')
    expect(found.headers.get('client-request-id')).toBe('a1b2-c3')
    expect(found.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/)
    const missing = await send('/nothing', 'a1b2-c3')
    const { error } = (await missing.json()) as { error: { innerError: Record<string, string> } }
    expect(error.innerError).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      'request-id': missing.headers.get('request-id'),
      'client-request-id': 'a1b2-c3',
    })
    // What is no identifier does not come back.
    const strange = await send(JOB, '<script>')
    expect(strange.headers.get('client-request-id')).toBe(strange.headers.get('request-id'))
  })

  it('may ask for some members, and send members of OData', async () => {
    const selected = await call('GET', '/v1.0/auditLogs/provisioning?$top=1&$select=id,JobId')
    const { value } = (await selected.json()) as { value: readonly object[] }
    expect(Object.keys(value[0]!)).toEqual(['id', 'jobId'])
    expect((await call('GET', '/auditLogs/provisioning?$select=a/b')).status).toBe(400)
    const text = await (await call('GET', `${JOB}/schema`)).text()
    const annotated = {
      '@odata.context': 'x',
      '@odata.type': '#microsoft.graph.x',
      ...(JSON.parse(text) as object),
    }
    expect((await call('PUT', `${JOB}/schema`, { body: JSON.stringify(annotated) })).status).toBe(204)
    expect((await call('PUT', `${JOB}/schema`, { body: text })).status).toBe(204)
    const criteria = { '@odata.type': '#microsoft.graph.x', resetScope: 'Escrows' }
    expect((await call('POST', `${JOB}/restart`, { body: JSON.stringify({ criteria }) })).status).toBe(204)
  })

  it('may be a script that puts all columns into a schema of its own', async () => {
    const own = 'urn:ietf:params:scim:schemas:extension:csv:1.0:User'
    const data = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', own],
      externalId: 'csv-1',
      userName: 'Csv1',
      name: { givenName: 'Cy', familyName: 'Vau' },
      active: 'true',
      [own]: { 'Worker ID': '1', ManagerID: null },
    }
    const path = '/users'
    expect((await upload(bulk({ method: 'POST', bulkId: 'x', path, data }))).status).toBe(202)
    const names = (): readonly unknown[] =>
      [...target.resources.Users.values()].map(({ userName }) => userName)
    await expect.poll(names).toContain('csv1')
    const type = 'application/scim+json; charset=utf-8'
    expect((await upload(bulk({ method: 'POST', bulkId: 'x', path, data }), { type })).status).toBe(202)
  })
})

describe('uploads that come twice, late, or in part', () => {
  const idle = (): Promise<unknown> =>
    expect
      .poll(async () => (await (await call('GET', JOB)).json()) as unknown)
      .toMatchObject({ status: { progress: [{ totalUnits: 0 }] } }) as Promise<unknown>
  const named = (): readonly unknown[] =>
    [...target.resources.Users.values()]
      .filter(({ externalId }) => externalId === 'late')
      .map(({ displayName }) => displayName)

  it('the last upload of an object decides, and one that comes again creates nothing twice', async () => {
    const [old, young] = [bulk(operation('late', 'Old')), bulk(operation('late', 'Young'))]
    for (const text of [old, young, young]) expect((await upload(text)).status).toBe(202)
    await idle()
    expect(named()).toEqual(['Young Berg'])
    // Within one request, the last operation decides.
    await upload(bulk(operation('late', 'One'), operation('late', 'Two')))
    await idle()
    expect(named()).toEqual(['Two Berg'])
    // An old upload is taken for the newest state: an upload says nothing about its age.
    await upload(old)
    await idle()
    expect(named()).toEqual(['Old Berg'])
  })

  it.each([
    ['shorter than its length says', (size: number) => `Content-Length: ${size + 10}`],
    ['with two lengths', (size: number) => `Content-Length: ${size}\r\nTransfer-Encoding: chunked`],
    ['with a length that is none', () => 'Content-Length: x'],
  ])('nothing is stored of a body %s', async (_what, length) => {
    const body = bulk(operation('partly'))
    const head = [
      `POST ${JOB}/bulkUpload HTTP/1.1`,
      'Host: x',
      `Authorization: Bearer ${TOKEN}`,
      'Content-Type: application/scim+json',
      length(Buffer.byteLength(body)),
    ]
    const answer = await new Promise<string>((done) => {
      const socket = connect(18642, '127.0.0.1')
      let text = ''
      socket.on('data', (piece) => {
        text += String(piece)
      })
      socket.once('close', () => done(text))
      socket.once('error', () => done(text))
      socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
    })
    expect(answer).not.toContain('202')
    await idle()
    expect([...target.resources.Users.values()].map(({ externalId }) => externalId)).not.toContain('partly')
  })
})

describe('requests that are none', () => {
  const parse = `${JOB}/schema/parseExpression`
  it.each([
    ['GET', '//[', undefined, 404],
    ['GET', '/servicePrincipals/sp/synchronization/jobs/%E0', undefined],
    ['POST', parse, {}],
    ['POST', parse, 17],
    ['POST', parse, { expression: 17 }, 400, 'expression must be text.'],
    ['POST', parse, { expression: null }, 400, 'expression is missing.'],
    ['POST', parse, { expression: '[a]', targetAttributeDefinition: { name: 1 } }],
    ['POST', parse, { expression: '[a]', targetAttributeDefinition: [] }],
    ['POST', parse, { expression: '[a]', testInputObject: 'x' }],
    ['POST', parse, { expression: '[a]', testInputObject: { definition: 1 } }],
    ['POST', parse, { expression: '[a]', testInputObject: { properties: {} } }],
    ['POST', parse, { expression: '[a]', testInputObject: { properties: [{ key: null }] } }],
  ])('%s %s with %j is refused', async (method, path, body, expected: number = 400, reason: string = '') => {
    let text = ''
    const status = await new Promise<number | undefined>((done, fail) => {
      const sent = request(
        new URL(base),
        { method, path, headers: { authorization: `Bearer ${TOKEN}` } },
        (response) =>
          response
            .on('data', (part) => {
              text += String(part)
            })
            .once('end', () => done(response.statusCode)),
      )
      sent.once('error', fail).end(body === undefined ? undefined : JSON.stringify(body))
    })
    expect(status).toBe(expected)
    expect(text).toContain(reason)
  })
})

describe('attrflow send', () => {
  const send = (...args: readonly string[]) =>
    attrflow(['send', ...args], { directory, env: { ATTRFLOW_TOKEN: TOKEN } })

  it('sends rows by SCIM paths in chunks, and goes on where it stopped', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => `s${i},Sender${i},Sam,Nr${i}`)
    writeFileSync(
      join(directory, 'workers.csv'),
      ['externalId,userName,name.givenName,name.familyName', ...rows, ',x,y,z'].join('\n'),
    )
    const url = `${base}${JOB}/bulkUpload`
    const before = target.resources.Users.size
    const first = await send('workers.csv', '--url', url, '--chunk', '3', '--resume', 'sent.json', '--json')
    expect(JSON.parse(first.out)).toEqual({ read: 8, sent: 7, refused: 1 })
    expect(first.code).toBe(1)
    expect(first.err).toContain('workers.csv:9')
    await expect.poll(() => target.resources.Users.size).toBe(before + 7)
    const again = await send('workers.csv', '--url', url, '--resume', 'sent.json', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ read: 8 })
    expect(again.code).toBe(0)
  })

  it('shows what it would send, and says what it lacks', async () => {
    const { out } = await send('workers.csv', '--dry-run')
    expect(await attrflow(['job', 'send', 'workers.csv', '--dry-run'], { directory })).toMatchObject({ out })
    expect(JSON.parse(out.split('\n')[0]!)).toMatchObject({
      method: 'POST',
      path: '/Users',
      data: { externalId: 's0', name: { givenName: 'Sam', familyName: 'Nr0' } },
    })
    expect((await send('workers.csv')).code).toBe(2)
    expect(
      (await attrflow(['send', 'workers.csv', '--url', `${base}${JOB}/bulkUpload`], { directory })).err,
    ).toContain('ATTRFLOW_TOKEN')
  })

  it('stops when its token is refused', async () => {
    const { code, err } = await attrflow(['send', 'workers.csv', '--url', `${base}${JOB}/bulkUpload`], {
      directory,
      env: { ATTRFLOW_TOKEN: 'wrong-wrong-wrong' },
    })
    expect(code).toBe(1)
    expect(err).toContain('401')
    expect(err).not.toContain('wrong-wrong')
  })
})

describe('the job', () => {
  it('has its log, filtered by the documented fields', async () => {
    const filter = encodeURIComponent("provisioningAction eq 'create' and sourceIdentity/id eq '2'")
    const response = await call('GET', `/auditLogs/provisioning?$filter=${filter}`, { token: READER })
    const { value } = (await response.json()) as { value: { sourceIdentity: { id: string } }[] }
    expect(value).toHaveLength(1)
    expect(value[0]!.sourceIdentity.id).toBe('2')
    expect((await call('GET', '/auditLogs/provisioning?$filter=oops')).status).toBe(400)
  })

  it('pages its log in both orders, and refuses what it does not know', async () => {
    type Page = { value: { id: string; activityDateTime: string }[]; '@odata.nextLink'?: string }
    const get = async (query: string): Promise<Page> =>
      (await (await call('GET', `/auditLogs/provisioning?${query}`)).json()) as Page
    await upload(bulk(...['98', '97', '96', '95', '94'].map((id) => operation(id))))
    await expect.poll(async () => (await get("$filter=sourceIdentity/id eq '94'")).value).toHaveLength(1)
    const whole = await get('$top=1000')
    const ids = whole.value.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(2)
    expect(whole).not.toHaveProperty('@odata.nextLink')
    expect(whole).toMatchObject({ '@odata.context': `${base}/v1.0/$metadata#auditLogs/provisioning` })
    for (const [order, expected] of [
      ['desc', ids],
      ['asc', ids.toReversed()],
    ] as const) {
      const seen: string[] = []
      let next: string | undefined = `?$top=2&$orderby=activityDateTime ${order}`
      while (next !== undefined) {
        const page: Page = await get(next.slice(next.indexOf('?') + 1))
        seen.push(...page.value.map(({ id }) => id))
        next = page['@odata.nextLink']
        expect(next ?? base).toContain(base)
      }
      expect(seen).toEqual(expected)
    }
    const times = whole.value.map(({ activityDateTime }) => activityDateTime)
    expect(times).toEqual(times.toSorted().toReversed())
    for (const order of ['asc', 'desc'])
      expect(await get(`$skiptoken=gone&$orderby=activityDateTime ${order}`)).toMatchObject({ value: [] })
    expect((await get("$filter=contains(provisioningAction,'REAT')")).value.length).toBeGreaterThan(0)
    expect((await get('$filter=activityDateTime gt 2001-01-01T00:00:00Z')).value).toHaveLength(ids.length)
    expect((await get('$filter=activityDateTime lt 2001-01-01')).value).toEqual([])
    for (const query of [
      '$top=0',
      '$top=x',
      '$top=1001',
      '$orderby=id',
      '$skip=2',
      "$filter=id eq 'a' and ",
      '$filter=activityDateTime gt yesterday',
    ])
      expect((await call('GET', `/auditLogs/provisioning?${query}`)).status, query).toBe(400)
  })

  it('is the one job of the service', async () => {
    const response = await call('GET', '/v1.0/servicePrincipals/sp/synchronization/jobs')
    expect(await response.json()).toMatchObject({ value: [{ schedule: { interval: 'PT40M' } }] })
  })

  it('is paused, started, restarted and checked', async () => {
    expect((await call('POST', `${JOB}/pause`)).status).toBe(204)
    const before = target.resources.Users.size
    await upload(bulk(operation('3', 'Cid')))
    expect((await call('POST', `${JOB}/start`)).status).toBe(204)
    await expect.poll(() => target.resources.Users.size).toBe(before + 1)
    const criteria = (resetScope: string): string => JSON.stringify({ criteria: { resetScope } })
    expect((await call('POST', `${JOB}/restart`, { body: criteria('Escrows, Watermark') })).status).toBe(204)
    expect((await call('POST', `${JOB}/restart`, { body: criteria('Everything') })).status).toBe(400)
    expect((await call('POST', `${JOB}/validateCredentials`)).status).toBe(204)
  })

  it('has its schema, takes a right one, and refuses one with errors', async () => {
    const text = await (await call('GET', `${JOB}/schema`)).text()
    expect(JSON.parse(text)).toMatchObject(schema)
    expect((await call('PUT', `${JOB}/schema`, { body: text })).status).toBe(204)
    const wrong = await call('PUT', `${JOB}/schema`, { body: text.replace('ToLower', 'ToLowre') })
    expect(wrong.status).toBe(400)
    expect(readFileSync(join(directory, 'schema.json'), 'utf8')).not.toContain('ToLowre')
    const parsed = await call('POST', `${JOB}/schema/parseExpression`, {
      body: JSON.stringify({
        expression: 'ToUpper([a])',
        testInputObject: { properties: [{ key: 'a', value: 'x' }] },
      }),
    })
    expect(await parsed.json()).toMatchObject({ evaluationResult: ['X'] })
    expect(await (await call('GET', `${JOB}/schema/functions`)).json()).toMatchObject({
      value: expect.any(Array),
    })
    expect(await (await call('GET', `${JOB}/schema/filterOperators`)).json()).toMatchObject({
      value: expect.any(Array),
    })
  })

  it('knows no other resource, and no other method', async () => {
    expect((await call('GET', '/etc/passwd')).status).toBe(404)
    const response = await call('DELETE', `${JOB}/schema`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, PUT')
  })

  it('answers 429 with the time to wait when uploads come too fast', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 45 }, () =>
        upload('{}').then(({ status, headers }) => [status, headers.get('retry-after')]),
      ),
    )
    const refused = statuses.filter(([status]) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(Number(refused[0]![1])).toBeGreaterThan(0)
  })

  it('is not held up by a request that never ends', async () => {
    const socket = connect(18642, '127.0.0.1')
    socket.write(`POST ${JOB}/bulkUpload HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{`)
    expect((await call('GET', JOB)).status).toBe(200)
    socket.destroy()
  })
})
