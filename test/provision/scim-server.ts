import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** A SCIM resource as the server keeps it. */
export type Resource = Record<string, unknown> & { id: string }

/** One request as the server got it. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly headers: IncomingHttpHeaders
}

/** An answer of the server. */
export interface Reply {
  readonly status: number
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Ends the connection before the answer, or in the middle of it. */
  readonly cut?: 'before' | 'within'
}

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text === '' ? undefined : JSON.parse(text)
}

/** The text that a filter compares; objects of a test may have a `toString` of their own. */
const textOf = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).toLowerCase()

type Operation = { readonly op: string; readonly path?: string; readonly value?: unknown }

/** The object at a member, which is made when it is not there. */
const objectAt = (resource: Record<string, unknown>, name: string): Record<string, unknown> => {
  resource[name] ??= {}
  return resource[name] as Record<string, unknown>
}

const set = (resource: Record<string, unknown>, path: string, value: unknown): void => {
  const urn = /^(urn:.*):([^:]+)$/.exec(path)
  if (urn !== null) {
    set(objectAt(resource, urn[1]!), urn[2]!, value)
    return
  }
  const element = /^(\w+)\[(\w+) eq "([^"]*)"\]\.(\w+)$/.exec(path)
  if (element !== null) {
    const [, name, key, text, member] = element as unknown as string[]
    resource[name!] ??= []
    const list = resource[name!] as Record<string, unknown>[]
    const found = list.find((one) => String(one[key!]) === text)
    if (found === undefined) list.push({ [key!]: text, [member!]: value })
    else found[member!] = value
    return
  }
  const [first, ...rest] = path.split('.') as [string, ...string[]]
  if (rest.length === 0) {
    if (value === undefined) delete resource[first]
    else resource[first] = value
  } else set(objectAt(resource, first), rest.join('.'), value)
}

/** A plain SCIM service in this process. It creates what it is told to create, also twice, and remembers every request. */
export class ScimServer {
  readonly resources: Record<'Users' | 'Groups', Map<string, Resource>> = {
    Users: new Map(),
    Groups: new Map(),
  }
  readonly received: Received[] = []
  /** Called before a request is carried out; a status answers it instead. After a write: `after`. */
  before: ((request: Received) => number | undefined) | undefined
  after: ((request: Received) => 'cut' | number | undefined) | undefined
  /** Takes the place of the plain server; `plain` is what that would do, which it does only when called. */
  odd: ((request: Received, plain: (request: Received) => Reply) => Reply | Promise<Reply>) | undefined
  #server: Server | undefined
  #next = 1

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      void bodyOf(request).then((body) => this.#take(request, response, body))
    })
    await new Promise<void>((ready) => this.#server!.listen(0, '127.0.0.1', ready))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/scim`
  }

  async #take(request: IncomingMessage, response: ServerResponse, sent: unknown): Promise<void> {
    const { method, url, headers } = request
    const received = { method: method!, path: decodeURIComponent(url!), body: sent, headers }
    this.received.push(received)
    const reply = (await this.odd?.(received, (one) => this.#plain(one))) ?? this.#plain(received)
    if (reply.cut === 'before') return void request.socket.destroy()
    const { status, body } = reply
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/scim+json', ...reply.headers })
    if (reply.cut === undefined) return void response.end(text)
    response.write(text.slice(0, text.length / 2), () => request.socket.destroy())
  }

  #plain(received: Received): Reply {
    const headers = { 'retry-after': '0' }
    const early = this.before?.(received)
    if (early !== undefined) return { status: early, headers }
    const [status, body] = this.#answer(received)
    const late = this.after?.(received)
    if (late === 'cut') return { status, cut: 'before' }
    return { status: late ?? status, headers, body }
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((ended) => this.#server?.close(ended))
  }

  #answer({ method, path, body }: Received): [number, unknown] {
    const found = /^\/scim\/(Users|Groups)(?:\/([^?]+))?(?:\?(.*))?$/.exec(path)
    if (found === null) return [404, undefined]
    const all = this.resources[found[1] as 'Users' | 'Groups']
    const [, , id, query] = found
    if (method === 'POST') {
      const resource = { ...(body as object), id: `t${this.#next++}` }
      all.set(resource.id, resource)
      return [201, resource]
    }
    if (id === undefined) {
      const filter = /filter=([\w.:]+) eq ("(?:[^"\\]|\\.)*")(?=&|$)/.exec(query ?? '')
      if (filter === null && /filter=/.test(query ?? ''))
        return [400, { scimType: 'invalidFilter', detail: 'only one comparison with eq is understood' }]
      const list = [...all.values()].filter(
        (one) => filter === null || textOf(one[filter[1]!]) === textOf(JSON.parse(filter[2]!)),
      )
      return [200, { totalResults: list.length, Resources: list }]
    }
    const resource = all.get(id)
    if (resource === undefined) return [404, undefined]
    if (method === 'GET') return [200, resource]
    if (method === 'DELETE') {
      all.delete(id)
      return [204, undefined]
    }
    if (method === 'PUT') {
      const replaced = { ...(body as object), id }
      all.set(id, replaced)
      return [200, replaced]
    }
    for (const { op, path: place, value } of (body as { Operations: readonly Operation[] }).Operations) {
      const filtered = /^members\[value eq (".*")\]$/.exec(place ?? '')
      if (place === 'members' || filtered !== null) {
        const ids =
          filtered === null
            ? (value as { value: string }[]).map((one) => one.value)
            : [JSON.parse(filtered[1]!) as string]
        const members = ((resource.members ?? []) as { value: string }[]).filter(
          (one) => !ids.includes(one.value),
        )
        resource.members =
          op.toLowerCase() === 'remove' ? members : [...members, ...ids.map((one) => ({ value: one }))]
      } else if (place === undefined)
        for (const [name, one] of Object.entries(value as object))
          if (/:User$/.test(name)) resource[name] = one
          else set(resource, name, one)
      else set(resource, place, op.toLowerCase() === 'remove' ? undefined : value)
    }
    return [200, resource]
  }
}
