import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const types = [
  { id: 'urn:ietf:params:scim:schemas:core:2.0:User', attributes: [{ name: 'userName', type: 'string' }] },
]

/** A service in this process that takes and keeps every upload, and says what attributes its users have. */
export class UploadService {
  /** The bodies of the uploads. */
  readonly texts: string[] = []
  readonly #server = createServer(async (request, response) => {
    let text = ''
    for await (const piece of request.setEncoding('utf8')) text += String(piece)
    if (text !== '') this.texts.push(text)
    const uploads = request.method === 'POST'
    response.writeHead(uploads ? 202 : 200, { 'content-type': 'application/scim+json' })
    response.end(uploads ? '' : JSON.stringify({ Resources: types }))
  })

  /** Gives the address. */
  async start(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((ended) => this.#server.close(ended))
  }
}
