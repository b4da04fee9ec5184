// scim-patch for PATCH and scim2-parse-filter for searches, over a store in memory: routing, uniqueness, 404 and paging
// are this file's, the rest is theirs. Prints its base URL.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { patchBodyValidation, scimPatch } from 'scim-patch'
import { filter, parse } from 'scim2-parse-filter'

const kinds = { Users: new Map(), Groups: new Map() }
const error = (status, detail, scimType) => [
  status,
  { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail, scimType },
]

const answer = (method, url, text) => {
  const [, kind, id] = /^\/scim\/v2\/(Users|Groups)(?:\/([^/]+))?$/.exec(url.pathname) ?? []
  if (kind === undefined) return error(404, 'no such endpoint')
  const all = kinds[kind]
  const key = kind === 'Users' ? 'userName' : 'displayName'
  const body = text === '' ? undefined : JSON.parse(text)
  const isTaken = (name, self) =>
    [...all.values()].some((one) => one.id !== self && one[key].toLowerCase() === String(name).toLowerCase())
  if (method === 'POST') {
    if (typeof body[key] !== 'string') return error(400, `${key} is missing`, 'invalidValue')
    if (isTaken(body[key])) return error(409, `${key} is taken`, 'uniqueness')
    const resource = { ...body, id: randomUUID(), meta: { resourceType: kind.slice(0, -1) } }
    all.set(resource.id, resource)
    return [201, resource]
  }
  if (id === undefined) {
    const wanted = url.searchParams.get('filter')
    const found = wanted === null ? [...all.values()] : [...all.values()].filter(filter(parse(wanted)))
    const start = Number(url.searchParams.get('startIndex') ?? 1)
    const count = Number(url.searchParams.get('count') ?? 100)
    const Resources = found.slice(start - 1, start - 1 + count)
    return [200, { totalResults: found.length, startIndex: start, itemsPerPage: Resources.length, Resources }]
  }
  const found = all.get(decodeURIComponent(id))
  if (found === undefined) return error(404, `no resource ${id}`)
  if (method === 'GET') return [200, found]
  if (method === 'DELETE') {
    all.delete(found.id)
    return [204]
  }
  if (method !== 'PATCH') return error(501, `no ${method}`)
  patchBodyValidation(body)
  const patched = scimPatch(structuredClone(found), body.Operations)
  if (isTaken(patched[key], found.id)) return error(409, `${key} is taken`, 'uniqueness')
  all.set(found.id, patched)
  return [200, patched]
}

const server = createServer(async (request, response) => {
  let text = ''
  for await (const piece of request) text += piece
  let result
  try {
    result =
      request.headers.authorization === 'Bearer secret'
        ? answer(request.method, new URL(request.url, 'http://localhost'), text)
        : error(401, 'no')
  } catch (fault) {
    result = error(400, String(fault.message), fault.scimCode ?? 'invalidSyntax')
  }
  const [status, body] = result
  response.writeHead(status, { 'content-type': 'application/scim+json' })
  response.end(body === undefined ? '' : JSON.stringify(body))
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/scim/v2`))
