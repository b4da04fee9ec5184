import { afterEach, describe, expect, it } from 'vitest'
import { probeTarget, type TargetProfile } from '../../src/connect/index.js'
import { type Received, type Reply, type Resource, ScimServer } from '../provision/scim-server.js'
import { Life, person, team, wholeLife } from './whole-life.js'

type Plain = (request: Received) => Reply
type Odd = (request: Received, plain: Plain, server: ScimServer) => Reply | Promise<Reply>

const server = new ScimServer()
afterEach(() => server.stop())

const isUpdate = ({ method }: Received): boolean => method === 'PATCH'
const isWrite = ({ method }: Received): boolean => method !== 'GET'
const isCreate = ({ method }: Received): boolean => method === 'POST'
const isSearch = ({ method, path }: Received): boolean => method === 'GET' && path.includes('filter=')
const refusal = (status: number, scimType?: string, detail?: string): Reply => ({
  status,
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    scimType,
    detail,
  },
})
type Operation = { readonly op: string; readonly path?: string; readonly value?: unknown }
const operationsOf = ({ body }: Received): readonly Operation[] =>
  (body as { Operations?: readonly Operation[] } | undefined)?.Operations ?? []
/** A resource in an answer. */
const resourceIn = ({ body }: Reply): Resource | undefined =>
  typeof body === 'object' && body !== null && 'id' in body ? (body as Resource) : undefined
/** The same answer with each resource changed. */
const changed = (reply: Reply, change: (resource: Resource) => unknown): Reply => {
  const resource = resourceIn(reply)
  if (resource !== undefined) return { ...reply, body: change(resource) }
  const { Resources } = (reply.body ?? {}) as { Resources?: Resource[] }
  return Resources === undefined
    ? reply
    : { ...reply, body: { ...(reply.body as object), Resources: Resources.map(change) } }
}
const counting = (): (() => number) => {
  let count = 0
  return () => ++count
}

/** Who is found by a search for a person that compares loosely: the person last, if there is one. */
const resembling = (
  { method, path }: Received,
  users: ReadonlyMap<string, Resource>,
): readonly Resource[] | undefined => {
  const sought = /userName eq "(person[^"]*)"/.exec(path)?.[1]
  if (method !== 'GET' || sought === undefined) return undefined
  const found = [...users.values()].filter(({ userName }) => userName === sought)
  return found.length === 0 ? [] : [...[...users.values()].filter((one) => !found.includes(one)), ...found]
}

/** Servers that a job gets along with: what is odd, and what the probe notes in the profile. */
const bearable: readonly [title: string, odd: Odd, noted?: object, patience?: number][] = [
  [
    'refuses attributes that it does not know',
    (request, plain) =>
      isCreate(request) && Object.hasOwn(request.body as object, 'nickName')
        ? refusal(400, 'invalidSyntax', 'unknown attribute nickName')
        : operationsOf(request).some(({ path }) => path === 'nickName')
          ? refusal(400, 'invalidPath', 'nickName')
          : plain(request),
    { refused: ['nickName'] },
  ],
  [
    'drops attributes silently',
    (request, plain) => changed(plain(request), ({ nickName: _, ...rest }) => rest),
    { dropped: ['nickName'] },
  ],
  [
    'takes operations in lower case only',
    (request, plain) =>
      operationsOf(request).some(({ op }) => op !== op.toLowerCase())
        ? refusal(400, 'invalidSyntax', 'op')
        : plain(request),
    { patch: { operations: 'lower' } },
  ],
  [
    'answers a create without a body, with a relative Location',
    (request, plain) => {
      const reply = plain(request)
      if (!isCreate(request) || reply.status !== 201) return reply
      const { id } = resourceIn(reply)!
      return { status: 201, headers: { location: `${request.path.replace(/^\/scim/, '')}/${id}` } }
    },
  ],
  [
    'answers a create with an absolute Location alone',
    (request, plain) => {
      const reply = plain(request)
      if (!isCreate(request) || reply.status !== 201) return reply
      return { status: 201, headers: { location: `https://elsewhere/v2/Users/${resourceIn(reply)!.id}?x=1` } }
    },
  ],
  [
    'answers a create with nothing at all',
    (request, plain) => {
      const reply = plain(request)
      return isCreate(request) && reply.status === 201 ? { status: 201 } : reply
    },
  ],
  [
    'answers a PATCH with 204',
    (request, plain) => {
      const reply = plain(request)
      return isUpdate(request) && reply.status === 200 ? { status: 204 } : reply
    },
  ],
  [
    'answers a PATCH with an empty object',
    (request, plain) => {
      const reply = plain(request)
      return isUpdate(request) && reply.status === 200 ? { status: 200, body: {} } : reply
    },
  ],
  [
    'wants the version of what is changed (412)',
    (request, plain, { resources }) => {
      const [, kind, id] = /\/(Users|Groups)\/([^?]+)/.exec(request.path) ?? []
      const found = kind === undefined ? undefined : resources[kind as 'Users' | 'Groups'].get(id!)
      const version = found === undefined ? undefined : `W/"${JSON.stringify(found).length}"`
      if (isWrite(request) && version !== undefined && request.headers['if-match'] !== version)
        return refusal(412, undefined, 'version')
      const reply = plain(request)
      return version === undefined ? reply : { ...reply, headers: { etag: version } }
    },
  ],
  [
    'wants the version (428), and tells it in meta alone',
    (request, plain) => {
      if (/^(PATCH|DELETE)$/.test(request.method) && request.headers['if-match'] !== 'v1') return refusal(428)
      return changed(plain(request), (resource) => ({ ...resource, meta: { version: 'v1' } }))
    },
  ],
  [
    'keeps Booleans as texts',
    (request, plain) =>
      changed(plain(request), (resource) => ({
        ...resource,
        active: String(resource.active).toLowerCase() === 'true' ? 'True' : 'False',
      })),
  ],
  [
    'changes the case of identifiers',
    (request, plain) => {
      const path = request.path.replace(/(?<=\/(Users|Groups)\/)[^?]+/, (id) => id.toLowerCase())
      const reply = plain({ ...request, path })
      return changed(reply, (one) => ({
        ...one,
        id: request.method === 'POST' ? one.id.toUpperCase() : one.id,
      }))
    },
  ],
  [
    'takes few members in one request',
    (request, plain) =>
      operationsOf(request).some(({ value }) => Array.isArray(value) && value.length > 1)
        ? refusal(400, 'tooMany', 'one member at a time')
        : plain(request),
    { membersPerRequest: 1 },
  ],
  [
    'throttles with 429 and no Retry-After',
    (() => {
      const count = counting()
      return (request, plain) => (count() % 3 === 0 ? { status: 429 } : plain(request))
    })(),
    {},
    4,
  ],
  [
    'throttles with 429 and a date',
    (() => {
      const count = counting()
      return (request: Received, plain: Plain) =>
        count() % 4 === 0
          ? { status: 429, headers: { 'retry-after': new Date(Date.now() + 2000).toUTCString() } }
          : plain(request)
    })(),
    {},
    4,
  ],
  [
    'answers as application/json with a charset',
    (request, plain) => ({
      ...plain(request),
      headers: { 'content-type': 'application/json;charset=ISO-8859-1' },
    }),
  ],
  [
    'tells the number of results as a text, and leaves empty lists out',
    (request, plain) => {
      const reply = plain(request)
      const { Resources, ...page } = (reply.body ?? {}) as { Resources?: Resource[]; totalResults?: number }
      if (Resources === undefined) return reply
      const totalResults = String(page.totalResults)
      return { ...reply, body: Resources.length === 0 ? { totalResults } : { totalResults, Resources } }
    },
  ],
  [
    'has numbers as identifiers',
    (request, plain) => {
      const path = request.path.replace(/(?<=\/(Users|Groups)\/)(\d+)/, 't$2')
      const body = JSON.parse(
        JSON.stringify(request.body ?? null).replaceAll(/"value":"(\d+)"/g, '"value":"t$1"'),
      ) as unknown
      const reply = plain({ ...request, path, body: body ?? undefined })
      return JSON.parse(
        JSON.stringify(reply)
          .replaceAll(/"id":"t(\d+)"/g, '"id":$1')
          .replaceAll(/"value":"t(\d+)"/g, '"value":"$1"'),
      ) as Reply
    },
  ],
  [
    'answers a search for nobody with 200 and totalResults alone',
    (request, plain) => {
      const reply = plain(request)
      const { totalResults } = (reply.body ?? {}) as { totalResults?: number }
      return totalResults === 0 ? { ...reply, body: { totalResults: 0 } } : reply
    },
  ],
  [
    'writes values in its own way',
    (request, plain) =>
      changed(plain(request), (one) => ({
        ...one,
        ...(typeof one.displayName === 'string' ? { displayName: one.displayName.toUpperCase() } : {}),
        ...(typeof one.userName === 'string' ? { userName: one.userName.toUpperCase() } : {}),
      })),
  ],
  [
    'loses answers to every fifth write (500 after it was carried out)',
    (() => {
      const count = counting()
      return (request: Received, plain: Plain) => {
        const reply = plain(request)
        return isWrite(request) && count() % 5 === 0 ? { status: 500, body: '<html>oops</html>' } : reply
      }
    })(),
    {},
    4,
  ],
  [
    'cuts connections before and within answers',
    (() => {
      const count = counting()
      return (request: Received, plain: Plain): Reply => {
        const reply = plain(request)
        const number = isWrite(request) ? count() : 0
        return number % 4 === 1
          ? { ...reply, cut: 'before' }
          : number % 4 === 3
            ? { ...reply, cut: 'within' }
            : reply
      }
    })(),
    {},
    5,
  ],
  [
    'finds who resembles the name, too',
    (request, plain, { resources }) => {
      const reply = plain(request)
      const sought = /userName eq "person(\d)/.exec(request.path)?.[1]
      const { Resources } = (reply.body ?? {}) as { Resources?: Resource[] }
      const other = [...resources.Users.values()].find(({ userName }) => userName === 'person3@example.com')
      if (sought !== '2' || Resources === undefined || other === undefined) return reply
      return {
        ...reply,
        body: { totalResults: 2, Resources: [other, ...Resources.filter((one) => one !== other)] },
      }
    },
  ],
  [
    'has PUT only',
    (request, plain) => (isUpdate(request) ? refusal(501, undefined, 'use PUT') : plain(request)),
    { update: 'put', updateMembers: 'put' },
  ],
  [
    'has PUT only, and wants the version that was read',
    (request, plain, { resources }) => {
      const id = /\/Users\/([^?]+)/.exec(request.path)?.[1]
      const found = id === undefined ? undefined : resources.Users.get(id)
      const version = found === undefined ? undefined : `W/"${JSON.stringify(found).length}"`
      if (isUpdate(request)) return refusal(405)
      if (request.method === 'PUT' && version !== undefined && request.headers['if-match'] !== version)
        return refusal(412)
      const reply = plain(request)
      return version === undefined ? reply : { ...reply, headers: { etag: version } }
    },
    { update: 'put', updateMembers: 'put' },
  ],
  [
    'takes PATCH for members of groups only, as services built for Okta do',
    (request, plain) =>
      isUpdate(request) && !operationsOf(request).every(({ path }) => path?.startsWith('members') === true)
        ? refusal(400, 'invalidPath', 'only members')
        : plain(request),
    { update: 'put', updateMembers: 'patch' },
  ],
  [
    'takes no paths in a PATCH, and no PUT',
    (request, plain) =>
      request.method === 'PUT'
        ? refusal(405)
        : operationsOf(request).some(({ path }) => path !== undefined)
          ? refusal(400, 'invalidPath', 'no paths, please')
          : plain(request),
    { update: 'attributes', updateMembers: 'attributes' },
  ],
  [
    'shows one result on each page, and who resembles the name before the one who has it',
    (request, plain, { resources }) => {
      const all = resembling(request, resources.Users)
      if (all === undefined) return plain(request)
      const start = Number(/startIndex=(\d+)/.exec(request.path)?.[1] ?? 1)
      return { status: 200, body: { totalResults: all.length, Resources: all.slice(start - 1, start) } }
    },
  ],
  [
    'shows one result on each page, by cursor',
    (request, plain, { resources }) => {
      const all = resembling(request, resources.Users)
      if (all === undefined) return plain(request)
      const at = Number(/cursor=(\d+)/.exec(request.path)?.[1] ?? 0)
      const more = at + 1 < all.length ? { nextCursor: String(at + 1) } : {}
      return { status: 200, body: { Resources: all.slice(at, at + 1), ...more } }
    },
  ],
  [
    'shows the same page whatever startIndex says',
    (request, plain) => {
      const reply = plain({ ...request, path: request.path.replace(/&startIndex=\d+/, '') })
      const { Resources } = (reply.body ?? {}) as { Resources?: Resource[] }
      return Resources?.length === 1 && request.path.includes('person')
        ? { ...reply, body: { totalResults: 3, Resources } }
        : reply
    },
  ],
]

describe('a server that', () => {
  it.each(bearable.map(([title, ...rest]) => ({ title, rest })))('$title', async ({ rest }) => {
    const [odd, noted = {}, patience = 1] = rest
    const url = await server.start()
    for (const all of Object.values(server.resources)) all.clear()
    server.odd = (request, plain) => odd(request, plain, server)
    const isFlaky = patience > 1
    let profile: TargetProfile | undefined
    if (!isFlaky) {
      const report = await probeTarget({ url, mark: 'attrflow-probe' })
      profile = report.profile
      expect(report).toMatchObject({ complete: true, left: [], profile: noted })
      expect(report.answers.filter(({ verdict }) => verdict === 'fault')).toEqual([])
    }
    const shown = (kind: 'Users' | 'Groups'): readonly Resource[] => [...server.resources[kind].values()]
    const life = new Life({ url, shown, requestTimeout: 2000, ...(profile === undefined ? {} : { profile }) })
    await wholeLife(life, patience)
  })
})

/** Servers that no job can work with as they are, or only in part: what the records and the reports say. */
const unbearable: readonly (readonly [title: string, odd: Odd, said: RegExp, probed: RegExp])[] = [
  [
    'redirects',
    (request) => ({ status: 308, headers: { location: `https://new.example${request.path}` } }),
    /GET \/Users: answered 308, a redirect to https:\/\/new\.example\/scim\/Users; redirects are not followed/,
    /no list of users: 308/,
  ],
  [
    'answers with its login page',
    () => ({ status: 200, body: '<html>sign in</html>', headers: { 'content-type': 'text/html' } }),
    /GET \/Users: the answer is not JSON/,
    /no list of users: 200/,
  ],
  [
    'ignores filters',
    (request, plain) => plain({ ...request, path: request.path.replace(/\?.*/, '') }),
    /found (another value|\d+ objects): the service ignores the filter/,
    /the filter is ignored/,
  ],
  [
    'cannot search by userName',
    (request, plain) =>
      isSearch(request) && request.path.includes('userName')
        ? refusal(400, 'invalidFilter', 'userName cannot be searched')
        : plain(request),
    /GET \/Users: answered 400 \(invalidFilter: userName cannot be searched\)/,
    /no: 400 \(invalidFilter: userName cannot be searched\)/,
  ],
  [
    'answers 404 to a search without results',
    (request, plain) => {
      const reply = plain(request)
      return (reply.body as { totalResults?: number } | undefined)?.totalResults === 0
        ? { status: 404 }
        : reply
    },
    /GET \/Users: answered 404; the answer to a search without results must be 200/,
    /Is the answer to a search without results an empty list|no: 404|no list of users: 404/,
  ],
]

describe('a server that no job can work with', () => {
  it.each(unbearable.map(([title, ...rest]) => ({ title, rest })))('$title', async ({ rest }) => {
    const [odd, said, probed] = rest
    const url = await server.start()
    for (const all of Object.values(server.resources)) all.clear()
    server.odd = (request, plain) => odd(request, plain, server)
    const { answers } = await probeTarget({ url, mark: 'attrflow-probe' })
    const faults = answers.filter(({ verdict }) => verdict === 'fault').map(({ answer }) => answer)
    expect(faults.join('\n')).toMatch(probed)
    for (const all of Object.values(server.resources)) all.clear()
    const life = new Life({ url, requestTimeout: 2000 })
    const texts: string[] = []
    for (const people of [
      [person(1), person(2)],
      [person(1, { title: 'Lead' }), person(2)],
    ]) {
      const report = await life.cycle(people, team('u1'))
      texts.push(...(await life.reasons(report)), report.quarantine?.message ?? '')
    }
    expect(texts.join('\n')).toMatch(said)
    const names = [...server.resources.Users.values()].map(({ userName }) => userName)
    expect(new Set(names).size).toBe(names.length)
  })
})
