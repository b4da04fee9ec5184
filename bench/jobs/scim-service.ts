import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A SCIM service that does as little as it can: an index of userName, no checks. */
export interface ScimService {
  readonly url: string
  /** Requests that it answered. */
  requests(): number
  /** Forgets its resources. */
  clear(): void
  close(): Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>
}

/**
 * Starts the service on a port of its own.
 * @param latency milliseconds from a request to its answer, at least
 */
export const startScimService = async (latency = 0): Promise<ScimService> => {
  const byName = new Map<string, Record<string, unknown>>()
  let requests = 0
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      requests++
      const send = (): void => {
        response.writeHead(status, { 'content-type': 'application/scim+json' })
        response.end(JSON.stringify(body))
      }
      if (latency === 0) send()
      else setTimeout(send, latency)
    }
    if (request.method === 'POST') {
      void bodyOf(request).then((resource) => {
        const kept = { ...resource, id: `t${byName.size + 1}` }
        byName.set(String(resource.userName), kept)
        answer(201, kept)
      })
      return
    }
    const [, name = ''] = /eq "([^"]*)"/.exec(decodeURIComponent(request.url ?? '')) ?? []
    const found = byName.get(name)
    answer(200, { totalResults: found === undefined ? 0 : 1, Resources: found === undefined ? [] : [found] })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    clear: () => byName.clear(),
    close: () =>
      new Promise((ended) => {
        server.close(() => ended())
        server.closeAllConnections()
      }),
  }
}
