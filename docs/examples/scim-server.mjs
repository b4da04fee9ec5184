// A small SCIM service in memory, to try jobs against: node docs/examples/scim-server.mjs [PORT]
// It knows users and groups, filters by `attribute eq "value"`, and takes every token.
import { createServer } from 'node:http'
import process from 'node:process'

const all = { Users: new Map(), Groups: new Map() }
let next = 1

const set = (resource, path, value) => {
  const urn = /^(urn:.*):([^:]+)$/.exec(path)
  const element = /^(\w+)\[(\w+) eq "([^"]*)"\]\.(\w+)$/.exec(path)
  if (urn) {
    resource[urn[1]] ??= {}
    set(resource[urn[1]], urn[2], value)
  } else if (element) {
    const [, name, key, text, member] = element
    resource[name] ??= []
    const found = resource[name].find((one) => String(one[key]).toLowerCase() === text.toLowerCase())
    if (found) found[member] = value
    else resource[name].push({ [key]: text, [member]: value })
  } else if (path.includes('.')) {
    const [first, ...rest] = path.split('.')
    resource[first] ??= {}
    set(resource[first], rest.join('.'), value)
  } else if (value === undefined) delete resource[path]
  else resource[path] = value
}

const patch = (resource, { op, path, value }) => {
  const removes = op.toLowerCase() === 'remove'
  if (path === 'members') {
    const ids = value.map((one) => one.value)
    const others = (resource.members ?? []).filter((one) => !ids.includes(one.value))
    resource.members = removes ? others : [...others, ...value]
  } else if (path === undefined) {
    for (const [name, one] of Object.entries(value)) set(resource, name, one)
  } else set(resource, path, removes ? undefined : value)
}

const answer = (method, path, body) => {
  const found = /^\/(Users|Groups)(?:\/([^?]+))?(?:\?(.*))?$/.exec(path)
  if (found === null) return [404]
  const [, kind, id, query = ''] = found
  const resources = all[kind]
  if (method === 'POST') {
    const resource = { ...body, id: String(next++) }
    resources.set(resource.id, resource)
    return [201, resource]
  }
  if (id === undefined) {
    const filter = /filter=([\w.:]+) eq "(.*)"$/.exec(query)
    if (filter === null && query.includes('filter='))
      return [400, { scimType: 'invalidFilter', detail: 'only NAME eq "value" is understood' }]
    const list = [...resources.values()].filter(
      (one) => filter === null || String(one[filter[1]]).toLowerCase() === filter[2].toLowerCase(),
    )
    return [200, { totalResults: list.length, Resources: list }]
  }
  const resource = resources.get(id)
  if (resource === undefined) return [404]
  if (method === 'DELETE') {
    resources.delete(id)
    return [204]
  }
  if (method === 'PATCH') for (const operation of body.Operations) patch(resource, operation)
  return [200, resource]
}

const server = createServer(async (request, response) => {
  let text = ''
  for await (const piece of request) text += piece
  const [status, body] = answer(
    request.method,
    decodeURIComponent(request.url),
    text === '' ? undefined : JSON.parse(text),
  )
  if (request.method !== 'GET') console.log(request.method, request.url, status)
  response.writeHead(status, { 'content-type': 'application/scim+json' }).end(body && JSON.stringify(body))
})
server.listen(Number(process.argv[2] ?? 8642), '127.0.0.1', () => {
  console.log(`SCIM service on http://127.0.0.1:${server.address().port}`)
})
