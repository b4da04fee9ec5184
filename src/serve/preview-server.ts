import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The files that the page opens at its start. */
export interface PreviewData {
  readonly schema?: { readonly name: string; readonly text: string }
  readonly users?: { readonly name: string; readonly bytes: Uint8Array }
}

/** A preview that is being served. */
export interface ServedPreview {
  readonly url: string
  close(): Promise<void>
}

const SLOT = '<script type="application/json" id="attrflow-data">'

/** The page with files in it. They are in an element that no browser runs, with every `<` escaped. */
export const pageWithData = (html: string, { schema, users }: PreviewData): string => {
  const data = {
    ...(schema === undefined ? {} : { schema }),
    ...(users === undefined
      ? {}
      : { users: { name: users.name, base64: Buffer.from(users.bytes).toString('base64') } }),
  }
  const at = html.indexOf(SLOT)
  if (at < 0) throw new Error('the page has no place for data')
  const end = at + SLOT.length
  return html.slice(0, end) + JSON.stringify(data).replaceAll('<', '\\u003c') + html.slice(end)
}

/** The policy stated in the page, to be sent also as a header. */
const policyOf = (html: string): string =>
  /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "default-src 'none'"

/**
 * Serves the page on 127.0.0.1. Only requests that name this machine as their host are answered, so that no
 * other site can read the page through a domain that resolves to this machine.
 * @param port 0 for any free one
 */
export const servePreview = async (html: string, data: PreviewData, port: number): Promise<ServedPreview> => {
  const page = Buffer.from(pageWithData(html, data))
  const policy = policyOf(html)
  let hosts: ReadonlySet<string> = new Set()
  const server: Server = createServer((request, response) => {
    const common = {
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    }
    const refuse = (status: number, text: string): void => {
      response.writeHead(status, { ...common, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
    }
    if (!hosts.has(request.headers.host ?? '')) return refuse(403, 'This page is only for this machine.')
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET is answered.')
    if (request.url !== '/') return refuse(404, 'There is only one page: /')
    response
      .writeHead(200, {
        ...common,
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': page.length,
      })
      .end(request.method === 'HEAD' ? undefined : page)
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  const { port: chosen } = server.address() as AddressInfo
  hosts = new Set([`127.0.0.1:${chosen}`, `localhost:${chosen}`])
  return {
    url: `http://127.0.0.1:${chosen}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
